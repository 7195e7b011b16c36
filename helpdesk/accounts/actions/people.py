"""Inviting agents, changing their rights, letting them go."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.events import AgentDeactivated
from helpdesk.accounts.models import (
    AgentCapacity,
    Availability,
    Membership,
    Role,
    User,
)
from helpdesk.accounts.models.user import CHAT_CAPACITY
from helpdesk.accounts.viewer import Staff
from helpdesk.core import clock
from helpdesk.core.errors import Invalid
from helpdesk.realtime.bus import emit
from helpdesk.realtime.outbox import announce_access


@dataclass(frozen=True, slots=True)
class AgentData:
    """What a manager says about a person who answers."""

    email: str
    name: str
    role: str = Role.AGENT
    language: str = "en"
    languages: list[str] = field(default_factory=list)
    team_ids: list[int] = field(default_factory=list)
    chats: int = CHAT_CAPACITY


def create_agent(viewer: Staff, data: AgentData, *, password: str | None = None) -> User:
    """A new person, without a password unless one is given: he sets it by a link.

    Raises NotAllowed, Invalid (the e-mail is taken).
    """
    check_rights(viewer, data.role)
    user = User(email="", role=data.role)
    user.set_password(password)
    _store(user, data)
    return user


def update_agent(viewer: Staff, user: User, data: AgentData) -> User:
    """Raises NotAllowed, Invalid (the e-mail is taken, or he would take his own rights)."""
    check_rights(viewer, data.role, user.role)
    if user.pk == viewer.user_id and data.role != user.role:
        raise Invalid(_("You cannot change your own role."))
    _store(user, data)
    return user


@transaction.atomic
def set_active(viewer: Staff, user: User, *, active: bool) -> None:
    """Switching an account off ends its sessions and gives its work back to the queue.

    Raises NotAllowed, Invalid (it is one's own).
    """
    check_rights(viewer, user.role)
    if user.pk == viewer.user_id:
        raise Invalid(_("You cannot switch your own account off."))
    user.is_active = active
    user.availability = Availability.OFFLINE
    user.availability_changed_at = clock.now()
    user.save(update_fields=["is_active", "availability", "availability_changed_at"])
    announce_access(user.pk)
    if not active:
        emit(AgentDeactivated(agent_id=user.pk))


def check_rights(viewer: Staff, *roles: str) -> None:
    """A manager manages agents and managers; admins are made and changed by admins.

    Raises NotAllowed.
    """
    viewer.must(Permission.MANAGE)
    if Role.ADMIN in roles:
        viewer.must(Permission.OPERATE)


@transaction.atomic
def _store(user: User, data: AgentData) -> None:
    user.email = data.email.strip().lower()
    user.name = data.name.strip()
    user.role = data.role
    user.language = data.language
    user.languages = data.languages
    user.is_staff = user.is_superuser = data.role == Role.ADMIN
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise Invalid(_("Somebody else has this e-mail address.")) from error
    AgentCapacity.objects.update_or_create(user=user, defaults={"chats": data.chats})
    _set_teams(user, data.team_ids)
    announce_access(user.pk)


def _set_teams(user: User, team_ids: Iterable[int]) -> None:
    wanted = set(team_ids)
    Membership.objects.filter(user=user).exclude(team_id__in=wanted).delete()
    Membership.objects.bulk_create(
        [Membership(user=user, team_id=team_id) for team_id in wanted], ignore_conflicts=True
    )
