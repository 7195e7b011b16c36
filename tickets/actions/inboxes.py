"""Creating and changing the places where customers write."""

import re
from dataclasses import asdict, dataclass, field
from types import EllipsisType
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.models import Membership
from helpdesk.accounts.viewer import Staff
from helpdesk.core.errors import Invalid
from helpdesk.core.jsonio import dumps
from helpdesk.realtime.entry import Entry
from helpdesk.realtime.outbox import announce, announce_access
from tickets.actions.announce_queue import queue_changed
from tickets.domain.chat_settings import ChatSettings, Part
from tickets.models import Inbox
from tickets.queries.topics import inbox_topic

# Every open widget of an inbox asks for its settings anew, each at its own moment within this time.
SPREAD_MS = 10_000
HOST = re.compile(r"[a-z0-9.-]+|[0-9a-f:]+")


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
    values = asdict(data)
    values["allowed_origins"] = [clean_origin(origin) for origin in data.allowed_origins]
    for name, value in values.items():
        setattr(inbox, name, value)
    # The rest of a row that is there may have been changed since it was read.
    inbox.save(update_fields=None if inbox._state.adding else values)
    if inbox.team_id != before:
        # Its tickets without a team are seen by the members of its team.
        teams = [team for team in (before, inbox.team_id) if team is not None]
        members = Membership.objects.filter(team_id__in=teams)
        for user_id in sorted(set(members.values_list("user_id", flat=True))):
            announce_access(user_id)
        queue_changed()
    _announce(inbox)
    return inbox


@transaction.atomic
def update_chat(
    viewer: Staff,
    inbox: Inbox,
    part: Part,
    *,
    calendar_id: int | EllipsisType | None = ...,
) -> Inbox:
    """Puts one part of the chat's settings in the place of the old one, and `calendar_id` if it is
    given; the other parts stay as somebody else may just have left them. Raises NotAllowed."""
    viewer.must(Permission.MANAGE)
    current = Inbox.objects.select_for_update(no_key=True).get(pk=inbox.pk)
    parts = {name: getattr(current.chat, name) for name in ChatSettings.model_fields}
    name = next(name for name, value in parts.items() if type(value) is type(part))
    current.settings = ChatSettings(**(parts | {name: part})).model_dump(mode="json")
    if not isinstance(calendar_id, EllipsisType):
        current.calendar_id = calendar_id
    current.save(update_fields=["settings", "calendar"])
    _announce(current)
    return current


def _announce(inbox: Inbox) -> None:
    body = {"type": "config.changed", "within_ms": SPREAD_MS}
    announce([Entry((inbox_topic(inbox.pk),), public=dumps(body).decode(), keep=False)])


def clean_origin(origin: str) -> str:
    """`https://shop.example` from what somebody pasted. Raises Invalid."""
    try:
        parts = urlsplit(origin.strip().lower())
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:  # no such name, no such port
        host = ""
    if not HOST.fullmatch(host) or parts.scheme not in {"http", "https"} or parts.username:
        raise Invalid(_("Write a website like https://shop.example: %(value)s") % {"value": origin})
    # As a browser says it: it stands in a header that the browser compares with.
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")
