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


def peek_key(viewer: Visitor) -> str:
    return _signer(viewer.inbox_id).sign(viewer.identity.hex)


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
    try:
        identity = UUID(_signer(inbox.pk).unsign(key, max_age=VALID_FOR))
    except signing.BadSignature:
        return None
    found = Identity.objects.filter(public_id=identity).select_related("contact").first()
    return found and Visitor(
        identity_id=found.pk,
        identity=found.public_id,
        contact_id=found.contact_id,
        inbox_id=inbox.pk,
        name=found.contact.display_name,
        verified=found.verified_at is not None,
    )


def _signer(inbox_id: int) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"chat.peek:{inbox_id}")
