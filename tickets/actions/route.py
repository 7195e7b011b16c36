"""The matcher: gives waiting chats to agents with a free slot.

Candidates are read without locks, then the ticket is locked (SKIP LOCKED), then its agent's
capacity row; an agent whose row somebody holds is passed over, and if any was, the ticket is tried
again. Woken by whatever frees or adds capacity, and by a sweep every few seconds.
"""

from uuid import UUID

import structlog

from helpdesk.accounts.models import User
from helpdesk.core.retry import atomic_with_retry
from helpdesk.realtime import presence
from tickets.actions.announce_queue import announce_queue
from tickets.actions.assign import Assigner, give
from tickets.actions.record import lock_tickets
from tickets.domain.routing import Candidate, Need, ranked
from tickets.models.ticket import Status
from tickets.queries.capacity import candidates, lock_room_of
from tickets.queries.queue import waiting_tickets
from tickets.queries.rows import TicketRow

log = structlog.get_logger(__name__)
TRIES = 5
SWEEP_LIMIT = 200


def route_waiting(limit: int = SWEEP_LIMIT) -> int:
    """Drains the queue as far as capacity goes, oldest first; how many found an agent.

    A ticket that nobody could take is not even locked: a long queue costs two queries.
    """
    routed, there = 0, candidates(presence.agents())
    for ticket, need in waiting_tickets(limit):
        if ranked(there, need) and route_ticket(ticket):
            routed += 1
            there = candidates(presence.agents())
    if routed:
        announce_queue()
    return routed


def route_ticket(ticket: UUID) -> bool:
    """Tries to give one waiting ticket to an agent. Each try is a transaction of its own."""
    for _ in range(TRIES):
        outcome = _try(ticket)
        if outcome is not None:
            return outcome
    return False


@atomic_with_retry
def _try(ticket: UUID) -> bool | None:
    """True: given; False: nobody can take it, or it waits no more; None: try again."""
    present = presence.agents()
    row = lock_tickets([ticket], skip_locked=True).get(ticket)
    if row is None or row.queued_at is None or row.status != Status.OPEN:
        return False
    was_held = False
    for candidate in ranked(candidates(present), _need(row)):
        room = lock_room_of(candidate.user_id, skip_locked=True)
        if room is None:
            was_held = True
        elif room > 0:
            _give(row, candidate)
            return True
    return None if was_held else False


def _need(row: TicketRow) -> Need:
    return Need(row.queue, row.language)


def _give(row: TicketRow, candidate: Candidate) -> None:
    agent = User.objects.get(pk=candidate.user_id)
    give(row, agent, by=Assigner())
    log.info("routing.assigned", ticket=row.number, agent=agent.pk, load=candidate.load + 1)
