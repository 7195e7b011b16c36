"""Waiting visitors hear their true position (R2); said, not stored."""

from django.db import transaction

from helpdesk.core.jsonio import dumps
from helpdesk.realtime.entry import Entry
from helpdesk.realtime.outbox import send
from tickets.queries.queue import positions
from tickets.queries.topics import visitor_topic


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
