"""When an agent goes for good, his open tickets go back to the queue (R18)."""

from django.db import transaction

from tickets.actions.assign import reassign_row
from tickets.actions.record import LOCK, Change, Fact, record
from tickets.models import AuthorKind
from tickets.models.ticket import LIVE_STATUSES
from tickets.queries.rows import select_rows


@transaction.atomic
def release_tickets_of(agent_id: int) -> int:
    """Harmless twice; how many tickets wait again."""
    rows = select_rows(
        "t.assignee_id = %s AND t.status = ANY(%s)", [agent_id, list(LIVE_STATUSES)], tail=LOCK
    )
    change = Change(touched=rows)
    for row in rows:
        reassign_row(row, None, change)
        data = {"agent": None, "previous": agent_id, "over": False}
        change.facts.append(Fact(row, "assigned", AuthorKind.SYSTEM, None, data))
    if rows:
        record(change)
    return len(rows)
