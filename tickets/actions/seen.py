"""How far somebody has read: the visitor's ticks, the agents' unread counts."""

from uuid import UUID

from django.db import connection

from helpdesk.accounts.viewer import Staff, Visitor
from helpdesk.core.jsonio import dumps
from helpdesk.core.retry import atomic_with_retry
from helpdesk.realtime import outbox
from helpdesk.realtime.entry import Entry
from tickets.actions.fetch import lock_ticket_for
from tickets.actions.record import Change, record
from tickets.queries.rows import TicketRow
from tickets.queries.topics import agent_topic


@atomic_with_retry
def mark_seen(viewer: Staff | Visitor, ticket: UUID, seq: int) -> None:
    """Notes that the viewer has read up to `seq`; going back changes nothing. Raises NotFound."""
    row = lock_ticket_for(viewer, ticket)
    if isinstance(viewer, Visitor):
        _by_contact(row, min(seq, row.last_public_seq))
    else:
        _by_agent(viewer, row, min(seq, row.last_seq))


def _by_contact(row: TicketRow, seq: int) -> None:
    if seq <= row.contact_seen_seq:
        return
    row.contact_seen_seq = seq
    row.contact_seen_outbound = count_replies(row, seq, inbound=False)
    record(Change(touched=[row]))


def _by_agent(viewer: Staff, row: TicketRow, seq: int) -> None:
    inbound = count_replies(row, seq, inbound=True)
    if not _raise_seen(viewer.user_id, row.number, seq, inbound):
        return
    body = {"type": "ticket.seen", "ticket": row.id, "seq": seq, "inbound_count": inbound}
    outbox.announce([Entry((agent_topic(viewer.user_id),), dumps(body).decode())])
    # Only the one who answers makes the customer's ticks: a colleague looking in does not.
    is_owner = row.assignee_id in {viewer.user_id, None}
    if is_owner and seq > row.agents_seen_seq:
        row.agents_seen_seq = seq
        record(Change(touched=[row]))


def count_replies(row: TicketRow, seq: int, *, inbound: bool) -> int:
    """Public replies up to `seq` of the contact (inbound) or of us."""
    if seq >= row.last_seq:
        return row.inbound_count if inbound else row.outbound_count
    sign = "=" if inbound else "<>"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM tickets_message WHERE ticket_id = %s AND seq <= %s"  # noqa: S608
            f" AND kind = 'reply' AND author_kind {sign} 'contact'",
            [row.number, seq],
        )
        return int(cursor.fetchone()[0])


def _raise_seen(user_id: int, ticket_id: int, seq: int, inbound: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tickets_ticketseen (ticket_id, user_id, seq, inbound_count)"
            " VALUES (%s, %s, %s, %s) ON CONFLICT (user_id, ticket_id) DO UPDATE"
            " SET seq = excluded.seq, inbound_count = excluded.inbound_count"
            " WHERE tickets_ticketseen.seq < excluded.seq",
            [ticket_id, user_id, seq, inbound],
        )
        return bool(cursor.rowcount)
