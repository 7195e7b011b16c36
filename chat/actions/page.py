"""The page a visitor looks at: kept for a while beside his presence, never in the database."""

from collections.abc import Sequence
from uuid import UUID

import structlog
from django.db import transaction
from redis import RedisError

from helpdesk.accounts.viewer import Visitor
from helpdesk.core.clock import now, wire
from helpdesk.core.jsonio import dumps
from helpdesk.realtime.entry import Entry
from helpdesk.realtime.outbox import send
from helpdesk.realtime.redis import client, key
from tickets.queries import tickets_for
from tickets.queries.topics import ticket_topic

log = structlog.get_logger(__name__)
KEPT_SECONDS = 24 * 3600


def note_page(viewer: Visitor, visit: dict[str, str]) -> None:
    """Remembers the page and tells agents who look at one of his open tickets."""
    seen = visit | {"last_seen_at": wire(now())}
    try:
        client().set(key("page", viewer.identity), dumps(seen), ex=KEPT_SECONDS)
    except RedisError as error:
        log.warning("page.not_kept", error=str(error))
        return
    rows = tickets_for(viewer, "t.status IN ('open', 'pending', 'on_hold')", tail="LIMIT 5")
    entries = [
        Entry(
            (ticket_topic(row.id),),
            dumps({"type": "ticket.visit", "ticket": row.id, "visit": seen}).decode(),
            keep=False,
        )
        for row in rows
    ]
    if entries:
        send(entries)


def forget_pages(identities: Sequence[UUID]) -> None:
    """Once the transaction has committed; what Redis cannot be told now ends within a day."""
    names = [key("page", identity) for identity in identities]

    def forget() -> None:
        try:
            client().delete(*names)
        except RedisError as error:
            log.warning("page.not_forgotten", error=str(error))

    if names:
        transaction.on_commit(forget)
