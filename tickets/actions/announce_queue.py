"""Waiting visitors hear their true position (R2); said, not stored."""

from typing import Any

from django.db import transaction

from helpdesk.core import clock
from helpdesk.core.jsonio import dumps
from helpdesk.realtime.entry import Entry
from helpdesk.realtime.outbox import send
from tickets.queries.queue import positions
from tickets.queries.rows import TicketRow
from tickets.queries.topics import visitor_topic


def wait_of(row: TicketRow) -> dict[str, Any]:
    """What the fact of leaving the queue says, so that waits can be told from facts: how many
    seconds the locked row has stood in it, and in whose. Nothing for one that does not wait."""
    if row.queued_at is None:
        return {}
    waited = (clock.now() - row.queued_at).total_seconds()
    return {"waited": round(waited, 1), "queue": row.queue}


def queue_changed() -> None:
    """Says the positions once the running transaction has committed."""
    transaction.on_commit(announce_queue)


def announce_queue() -> None:
    entries = []
    for ticket, identity, position in positions():
        body = {
            "type": "queue.position",
            "ticket": ticket,
            "position": position,
            "ahead": position - 1,
        }
        entries.append(Entry((visitor_topic(identity),), public=dumps(body).decode(), keep=False))
    if entries:
        send(entries)
