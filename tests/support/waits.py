"""Past waits in a queue, as the facts that giving tickets to agents leaves behind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from tests import make
from tickets.models import Inbox, Ticket, TicketEvent

AGO = timedelta(minutes=1)


def let_wait(
    team_id: int | None, waits: Sequence[timedelta], *, until: datetime, name: str = "assigned"
) -> None:
    """Somebody came so long ago, and was taken a minute before `until`. Who came at the same moment
    as another stood behind nobody, so equal waits are waits from the first place."""
    visitor, _token = make.visitor(Inbox.objects.earliest("pk"))
    row = make.ticket(visitor)
    Ticket.objects.filter(pk=row.number).update(status="solved", queued_at=None)
    TicketEvent.objects.bulk_create(
        TicketEvent(
            ticket_id=row.number,
            name=name,
            actor_kind="system",
            data={"waited": wait.total_seconds(), "queue": team_id},
            created_at=until - AGO,
        )
        for wait in waits
    )
