"""Reopening: by an agent, or by whoever writes on a solved ticket."""

from uuid import UUID

from django.db import transaction

from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.models import Availability
from helpdesk.accounts.viewer import Staff
from helpdesk.core import clock
from helpdesk.core.errors import Invalid
from helpdesk.realtime.bus import emit
from tickets.actions.fetch import lock_ticket_for
from tickets.actions.record import Change, Draft, Fact, record
from tickets.events import TicketReopened
from tickets.models import AuthorKind, MessageKind, Status
from tickets.queries.rows import TicketRow
from tickets.queries.topics import agent_topic


@transaction.atomic
def reopen(viewer: Staff, ticket: UUID) -> TicketRow:
    """A solved ticket is open again. Raises NotFound, NotAllowed, Invalid (it is not solved)."""
    viewer.must(Permission.SOLVE)
    row = lock_ticket_for(viewer, ticket)
    if row.status != Status.SOLVED:
        raise Invalid
    change = Change()
    reopen_row(row, change, AuthorKind.AGENT, viewer.user_id)
    record(change)
    emit(TicketReopened(ticket_id=row.number))
    return row


def reopen_row(row: TicketRow, change: Change, actor_kind: str, actor_id: int) -> None:
    """Puts the locked row back to work; an owner who is not there gives it back to the queue."""
    row.status, row.solved_at = Status.OPEN, None
    if row.assignee_id and row.assignee_availability != Availability.ONLINE:
        change.left.setdefault(row.id, set()).add(agent_topic(row.assignee_id))
        change.regrouped.add(row.id)
        row.assignee_id, row.assignee_name = None, ""
    if row.assignee_id is None:
        row.queued_at = clock.now()
    agent_id = actor_id if actor_kind == AuthorKind.AGENT else None
    change.facts.append(Fact(row, "reopened", actor_kind, agent_id))
    change.drafts.append(Draft(row, MessageKind.EVENT, AuthorKind.SYSTEM, event="reopened"))
