"""Who is looking. Every read begins with one of these, and nothing else decides what it may see."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.models import Membership, User
from helpdesk.core.errors import NotAllowed, NotSignedIn


@dataclass(frozen=True, slots=True)
class Staff:
    """A signed-in agent, manager or admin, with his rights as of now."""

    user_id: int
    name: str
    permissions: frozenset[Permission]
    team_ids: frozenset[int]
    language: str = "en"

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def must(self, permission: Permission) -> None:
        if permission not in self.permissions:
            raise NotAllowed


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person on a website: one identity in one inbox; a contact's history only if verified."""

    identity_id: int
    identity: UUID
    contact_id: int
    inbox_id: int
    name: str
    verified: bool = False
    language: str = "en"


@dataclass(frozen=True, slots=True)
class System:
    """The product itself: routing, timers, imports."""

    name: str = "system"


Viewer = Staff | Visitor | System


def staff_viewer(user: User) -> Staff:
    """The viewer of a signed-in user; one query for his teams."""
    teams = Membership.objects.filter(user=user).values_list("team_id", flat=True)
    return Staff(
        user_id=user.pk,
        name=user.name,
        permissions=user.permissions,
        team_ids=frozenset(teams),
        language=user.language,
    )


def fetch_staff(user_id: int) -> Staff | None:
    """The viewer as the database has him now; None when he may no longer sign in."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    return staff_viewer(user) if user else None


def current_staff(request: HttpRequest) -> Staff:
    """The viewer of a request. Raises NotSignedIn."""
    if not isinstance(request.user, User):
        raise NotSignedIn
    return staff_viewer(request.user)
