"""When an agent or a team goes for good, their open tickets stand in a queue again (R18)."""

from helpdesk.core.retry import atomic_with_retry
from helpdesk.realtime.bus import emit
from tickets.actions.announce_queue import queue_changed
from tickets.actions.assign import reassign_row
from tickets.actions.record import Change, Fact, lock_rows, record
from tickets.events import TicketAssigned
from tickets.models import AuthorKind
from tickets.models.ticket import LIVE_STATUSES
from tickets.queries.topics import team_topic


@atomic_with_retry
def release_tickets_of(agent_id: int) -> int:
    """Harmless twice; how many tickets wait again."""
    rows = lock_rows("t.assignee_id = %s AND t.status = ANY(%s)", [agent_id, list(LIVE_STATUSES)])
    change = Change(touched=rows)
    for row in rows:
        reassign_row(row, None, change)
        data = {"agent": None, "previous": agent_id, "over": False}
        change.facts.append(Fact(row, "assigned", AuthorKind.SYSTEM, None, data))
    if rows:
        record(change)
        queue_changed()
    for row in rows:
        emit(TicketAssigned(ticket_id=row.number, agent_id=None, previous_agent_id=agent_id))
    return len(rows)


@atomic_with_retry
def release_tickets_of_team(team_id: int) -> int:
    """Its open tickets belong to no team from now on; how many."""
    rows = lock_rows("t.team_id = %s AND t.status = ANY(%s)", [team_id, list(LIVE_STATUSES)])
    change = Change(touched=rows, regrouped={row.id for row in rows})
    for row in rows:
        change.left[row.id] = {team_topic(team_id)}
        row.team_id, row.team_name = None, ""
        change.facts.append(Fact(row, "transferred", AuthorKind.SYSTEM, None, {"team": None}))
    if rows:
        record(change)
        queue_changed()
    return len(rows)
