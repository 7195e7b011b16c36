"""A visitor who would rather not wait: he leaves the queue, or his chat becomes a message (R2)."""

from uuid import UUID

from helpdesk.accounts.viewer import Visitor
from helpdesk.core import clock
from helpdesk.core.errors import Closed, Invalid, Taken
from helpdesk.core.retry import atomic_with_retry
from helpdesk.realtime.bus import emit
from tickets.actions.announce_queue import queue_changed, wait_of
from tickets.actions.fetch import lock_ticket_for
from tickets.actions.record import Change, Draft, Fact, record
from tickets.events import TicketSolved
from tickets.models import AuthorKind, MessageKind, Status, Via
from tickets.models.ticket import DONE_STATUSES
from tickets.queries.rows import TicketRow


@atomic_with_retry
def leave_queue(viewer: Visitor, ticket: UUID) -> TicketRow:
    """Ends a chat that nobody has taken; one that is over already stays as it is.

    Raises NotFound, Taken (somebody has taken it meanwhile), Invalid (it never waited).
    """
    row = lock_ticket_for(viewer, ticket)
    if row.status in DONE_STATUSES:
        return row
    change = Change()
    step_out(row, change)
    row.status, row.solved_at, row.waiting_since = Status.SOLVED, clock.now(), None
    change.facts.append(Fact(row, "solved", AuthorKind.CONTACT))
    change.drafts.append(
        Draft(row, MessageKind.EVENT, AuthorKind.SYSTEM, event="solved",
              data={"by": AuthorKind.CONTACT.value, "name": "", "reason": "left"})
    )  # fmt: skip
    record(change)
    emit(TicketSolved(ticket_id=row.number))
    return row


@atomic_with_retry
def turn_into_message(viewer: Visitor, ticket: UUID) -> TicketRow:
    """A chat that waits becomes a message, to be answered by mail: the same ticket, without a place
    in the queue. One that is a message already stays as it is.

    Raises NotFound, Closed, Taken, Invalid (it never waited).
    """
    row = lock_ticket_for(viewer, ticket)
    if row.status in DONE_STATUSES:
        raise Closed
    if row.via == Via.MESSAGE:
        return row
    change = Change()
    step_out(row, change)
    row.via = Via.MESSAGE
    change.drafts.append(Draft(row, MessageKind.EVENT, AuthorKind.SYSTEM, event="to_message"))
    record(change)
    return row


def step_out(row: TicketRow, change: Change) -> None:
    """Takes the locked row out of the queue, of the visitor's own accord. Raises Taken, Invalid (it
    stands in none)."""
    if row.queued_at is None:
        raise Taken if row.assignee_id else Invalid
    change.facts.append(Fact(row, "left_queue", AuthorKind.CONTACT, None, wait_of(row)))
    row.queued_at = None
    queue_changed()
