"""Teams and who is in them. Every change of membership changes what people may see."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.events import TeamDeleted
from helpdesk.accounts.models import Membership, Team
from helpdesk.accounts.viewer import Staff
from helpdesk.core.errors import Invalid
from helpdesk.realtime.bus import emit
from helpdesk.realtime.outbox import announce_access


def create_team(viewer: Staff, name: str, member_ids: Iterable[int] = ()) -> Team:
    """Raises NotAllowed, Invalid (the name is taken)."""
    return update_team(viewer, Team(), name, member_ids)


@transaction.atomic
def update_team(viewer: Staff, team: Team, name: str, member_ids: Iterable[int]) -> Team:
    """Raises NotAllowed, Invalid (the name is taken)."""
    viewer.must(Permission.MANAGE)
    team.name = name.strip()
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError as error:
        raise Invalid(_("Another team has this name.")) from error
    wanted, present = set(member_ids), set(team.memberships.values_list("user_id", flat=True))
    team.memberships.exclude(user_id__in=wanted).delete()
    Membership.objects.bulk_create(
        [Membership(team=team, user_id=user_id) for user_id in wanted - present],
        ignore_conflicts=True,
    )
    for user_id in wanted ^ present:
        announce_access(user_id)
    return team


@transaction.atomic
def delete_team(viewer: Staff, team: Team) -> None:
    """Its tickets and inboxes stay, without a team. Raises NotAllowed."""
    viewer.must(Permission.MANAGE)
    members = list(team.memberships.values_list("user_id", flat=True))
    emit(TeamDeleted(team_id=team.pk))
    team.delete()
    for user_id in members:
        announce_access(user_id)
