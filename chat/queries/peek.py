"""What a page may ask without loading the chat: is anything new, and could somebody answer.

The key stands for a visitor in one inbox and opens nothing: whoever has it learns a number.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core import signing

from chat.queries.availability import now_for
from helpdesk.accounts.viewer import Visitor
from helpdesk.core import clock
from tickets.models import Identity, Inbox
from tickets.models.ticket import LIVE_STATUSES
from tickets.queries import tickets_for

VALID_FOR = timedelta(days=180)
# After that long a silence a page need not hold a connection for it.
LIVE_FOR = timedelta(minutes=30)
TICKETS = 30
SEPARATOR = "."


def peek_key(viewer: Visitor) -> str:
    made_at = int(clock.now().timestamp())
    return _signer(viewer.inbox_id).sign(f"{viewer.identity.hex}{SEPARATOR}{made_at}")


def state_of(inbox: Inbox, key: str) -> dict[str, Any]:
    """{open, free, unread, live}; a key that is none counts as a visitor without conversations."""
    available = now_for(inbox)
    news = _news(inbox, key)
    return {
        "open": available.is_open,
        "free": available.is_free,
        "unread": news.unread,
        "live": news.is_live,
    }


@dataclass(frozen=True, slots=True)
class News:
    """`is_live`: a conversation is open, and something was said in it a short while ago."""

    unread: int = 0
    is_live: bool = False


def _news(inbox: Inbox, key: str) -> News:
    viewer = _viewer_of(inbox, key)
    if viewer is None:
        return News()
    rows = tickets_for(viewer, tail=f"ORDER BY t.last_public_at DESC LIMIT {TICKETS}")
    since = clock.now() - LIVE_FOR
    return News(
        unread=sum(max(0, row.outbound_count - row.contact_seen_outbound) for row in rows),
        is_live=any(
            row.status in LIVE_STATUSES and row.last_public_at and row.last_public_at >= since
            for row in rows
        ),
    )


def _viewer_of(inbox: Inbox, key: str) -> Visitor | None:
    identity = _identity_in(inbox, key)
    if identity is None:
        return None
    found = Identity.objects.filter(public_id=identity).select_related("contact").first()
    if found is None:
        return None
    return Visitor(
        identity_id=found.pk,
        identity=found.public_id,
        contact_id=found.contact_id,
        inbox_id=inbox.pk,
        name=found.contact.display_name,
        verified=found.verified_at is not None,
    )


def _identity_in(inbox: Inbox, key: str) -> UUID | None:
    try:
        identity, _, made_at = _signer(inbox.pk).unsign(key).partition(SEPARATOR)
    except signing.BadSignature:
        return None
    is_old = clock.now().timestamp() - int(made_at) > VALID_FOR.total_seconds()
    return None if is_old else UUID(identity)


def _signer(inbox_id: int) -> signing.Signer:
    return signing.Signer(salt=f"chat.peek:{inbox_id}")
