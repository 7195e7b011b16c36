"""Ending a conversation: an agent solves it, or the customer ends the chat."""

from uuid import UUID

from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.viewer import Staff, Visitor
from helpdesk.core import clock
from helpdesk.core.retry import atomic_with_retry
from helpdesk.realtime.bus import emit
from tickets.actions.announce_queue import queue_changed, wait_of
from tickets.actions.fetch import lock_ticket_for
from tickets.actions.record import Change, Draft, Fact, record
from tickets.events import TicketSolved
from tickets.models import AuthorKind, MessageKind, Status
from tickets.models.ticket import DONE_STATUSES
from tickets.queries.rows import TicketRow


@atomic_with_retry
def solve(viewer: Staff | Visitor, ticket: UUID) -> TicketRow:
    """Solves a ticket; one that is done already stays as it is. Raises NotFound, NotAllowed."""
    if isinstance(viewer, Staff):
        viewer.must(Permission.SOLVE)
    row = lock_ticket_for(viewer, ticket)
    if row.status in DONE_STATUSES:
        return row
    is_staff = isinstance(viewer, Staff)
    kind = AuthorKind.AGENT if is_staff else AuthorKind.CONTACT
    row.status, row.solved_at = Status.SOLVED, clock.now()
    change, by = Change(), viewer.user_id if isinstance(viewer, Staff) else None
    if row.queued_at is not None:
        change.facts.append(Fact(row, "left_queue", kind, by, wait_of(row)))
        queue_changed()
    row.queued_at, row.waiting_since = None, None
    change.drafts.append(
        Draft(row, MessageKind.EVENT, AuthorKind.SYSTEM, event="solved",
              data={"by": kind.value, "name": viewer.name if is_staff else ""})
    )  # fmt: skip
    change.facts.append(Fact(row, "solved", kind, by))
    record(change)
    emit(TicketSolved(ticket_id=row.number))
    return row
