"""Reopening: by an agent, or by whoever writes on a solved ticket."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.models import Availability
from helpdesk.accounts.viewer import Staff
from helpdesk.core import clock
from helpdesk.core.errors import Invalid
from helpdesk.core.retry import atomic_with_retry
from helpdesk.realtime.bus import emit
from tickets.actions.announce_queue import queue_changed
from tickets.actions.assign import reassign_row
from tickets.actions.fetch import lock_ticket_for
from tickets.actions.record import Change, Draft, Fact, record
from tickets.events import TicketAssigned, TicketReopened
from tickets.models import AuthorKind, MessageKind, Status
from tickets.queries.capacity import lock_rooms
from tickets.queries.rows import TicketRow


@dataclass(frozen=True, slots=True)
class Reopener:
    """Who reopens: an agent by his key, or the customer."""

    kind: str
    agent_id: int | None = None


@atomic_with_retry
def reopen(viewer: Staff, ticket: UUID) -> TicketRow:
    """A solved ticket is open again. Raises NotFound, NotAllowed, Invalid (it is not solved)."""
    viewer.must(Permission.SOLVE)
    row = lock_ticket_for(viewer, ticket)
    if row.status != Status.SOLVED:
        raise Invalid
    change = Change()
    reopen_row(row, change, Reopener(AuthorKind.AGENT, viewer.user_id), rooms_of_owners([row]))
    record(change)
    tell_reopened(change)
    return row


def rooms_of_owners(rows: Iterable[TicketRow]) -> dict[int, int]:
    """Free slots of those who would get a solved chat back; their capacity rows stay locked."""
    owners = {
        row.assignee_id
        for row in rows
        if row.status == Status.SOLVED and row.assignee_id is not None and row.is_live
    }
    return lock_rooms(owners) if owners else {}


def reopen_row(row: TicketRow, change: Change, by: Reopener, rooms: dict[int, int]) -> None:
    """Puts the locked row back to work. An owner who is not there, or has no free slot, gives it
    back to the queue; but whoever reopens his own keeps it."""
    owner = row.assignee_id
    row.status, row.solved_at = Status.OPEN, None
    room = rooms.get(owner, 0) if owner is not None and row.is_live else 1
    is_own = by.agent_id is not None and by.agent_id == owner
    if owner is not None and not is_own:
        is_here = row.assignee_availability == Availability.ONLINE
        if not is_here or room <= 0:
            reassign_row(row, None, change)
    if row.assignee_id is None:
        row.queued_at = clock.now() if row.is_routed else None
        queue_changed()
    elif row.assignee_id in rooms:
        rooms[row.assignee_id] -= 1
    change.facts.append(
        Fact(row, "reopened", by.kind, by.agent_id,
             {"previous": owner, "agent": row.assignee_id, "over": is_own and room <= 0})
    )  # fmt: skip
    change.drafts.append(Draft(row, MessageKind.EVENT, AuthorKind.SYSTEM, event="reopened"))


def tell_reopened(change: Change) -> None:
    """News of every ticket that the change has reopened, and of owners who lost it."""
    for fact in change.facts:
        if fact.name != "reopened":
            continue
        number, previous, agent = fact.row.number, fact.data["previous"], fact.data["agent"]
        emit(TicketReopened(ticket_id=number))
        if agent != previous:
            emit(TicketAssigned(ticket_id=number, agent_id=agent, previous_agent_id=previous))
