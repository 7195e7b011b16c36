"""Can somebody take a chat now, and if not, when (R2)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from helpdesk.accounts.models import User
from helpdesk.core import clock
from helpdesk.core.clock import wire
from helpdesk.realtime import presence
from tickets.domain.routing import Candidate
from tickets.domain.waits import Wait
from tickets.models import Inbox
from tickets.queries.capacity import candidates
from tickets.queries.queue import position_of
from tickets.queries.rows import TicketRow
from tickets.queries.waits import wait_at, wait_of_newcomer

PEOPLE = 3
# A longer wait is no chat: something else is offered in its place.
ACCEPTABLE_MINUTES = 15


@dataclass(frozen=True, slots=True)
class Availability:
    """`is_open`: the calendar says so (without one, always). `is_free`: it is open, somebody is
    online, and either has a free slot or will have one soon enough to promise it; `wait` is that
    promise, and None while nobody has to wait or nothing honest can be said.
    `people` are up to three first names of the `online`; `next_open` is None while it is open, and
    when it stays closed for two months."""

    is_open: bool
    is_free: bool
    online: int = 0
    people: list[str] = field(default_factory=list)
    next_open: datetime | None = None
    wait: Wait | None = None


def now_for(inbox: Inbox) -> Availability:
    now, hours = clock.now(), inbox.hours
    here = people_online(inbox.team_id)
    is_open = hours.is_open(now)
    has_room = any(agent.has_room for agent in here)
    is_full = is_open and bool(here) and not has_room
    wait = wait_of_newcomer(inbox.team_id) if is_full else None
    is_soon = wait is not None and wait.high <= ACCEPTABLE_MINUTES
    return Availability(
        is_open=is_open,
        is_free=is_open and (has_room or is_soon),
        online=len(here),
        people=_first_names(here),
        next_open=None if is_open else hours.next_opening(now),
        wait=wait,
    )


def people_online(team_id: int | None) -> list[Candidate]:
    """Who could answer this team's customers now, whether or not he has a free slot."""
    everybody = candidates(presence.agents())
    return [agent for agent in everybody if team_id is None or team_id in agent.team_ids]


def queue_of(row: TicketRow) -> dict[str, Any] | None:
    """A waiting visitor's place and what is left to wait; None when he does not wait."""
    if row.queued_at is None or (position := position_of(row.id)) is None:
        return None
    wait = wait_at(row.queue, position, row.queued_at) if people_online(row.queue) else None
    return {
        "position": position,
        "ahead": position - 1,
        "wait": wait.as_dict() if wait else None,
        "at": wire(clock.now()),
    }


def _first_names(here: Sequence[Candidate]) -> list[str]:
    keys = sorted(agent.user_id for agent in here)[:PEOPLE]
    return [user.first_name for user in User.objects.filter(pk__in=keys).order_by("pk")]
