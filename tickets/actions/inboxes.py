"""Creating and changing the places where customers write."""

from dataclasses import asdict, dataclass, field
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.models import Membership
from helpdesk.accounts.viewer import Staff
from helpdesk.core.errors import Invalid
from helpdesk.realtime.outbox import announce_access
from tickets.actions.announce_queue import queue_changed
from tickets.models import Inbox


@dataclass(frozen=True, slots=True)
class InboxData:
    """What a manager says about a chat inbox."""

    name: str
    brand_color: str = "#4252cd"
    languages: list[str] = field(default_factory=lambda: ["en"])
    team_id: int | None = None
    allowed_origins: list[str] = field(default_factory=list)
    phone: str = ""
    is_active: bool = True


def create_inbox(viewer: Staff, data: InboxData, *, public_id: UUID | None = None) -> Inbox:
    """`public_id` stands in the widget's snippet. Raises NotAllowed, Invalid."""
    inbox = Inbox(public_id=public_id) if public_id else Inbox()
    return update_inbox(viewer, inbox, data)


@transaction.atomic
def update_inbox(viewer: Staff, inbox: Inbox, data: InboxData) -> Inbox:
    """Raises NotAllowed, Invalid (an origin that is none)."""
    viewer.must(Permission.MANAGE)
    before = inbox.team_id
    for name, value in asdict(data).items():
        setattr(inbox, name, value)
    inbox.allowed_origins = [clean_origin(origin) for origin in data.allowed_origins]
    inbox.save()
    if inbox.team_id != before:
        # Its tickets without a team are seen by the members of its team.
        teams = [team for team in (before, inbox.team_id) if team is not None]
        members = Membership.objects.filter(team_id__in=teams)
        for user_id in sorted(set(members.values_list("user_id", flat=True))):
            announce_access(user_id)
        queue_changed()
    return inbox


def clean_origin(origin: str) -> str:
    """`https://shop.example` from what somebody pasted. Raises Invalid."""
    parts = urlsplit(origin.strip().lower())
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise Invalid(_("Write a website like https://shop.example: %(value)s") % {"value": origin})
    return f"{parts.scheme}://{parts.netloc}"
