"""Sorting: labels, and that we wait for the customer."""

from collections.abc import Iterable
from uuid import UUID

from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.viewer import Staff
from helpdesk.core.errors import Closed
from helpdesk.core.retry import atomic_with_retry
from helpdesk.core.text import clean, one_line
from tickets.actions.fetch import lock_ticket_for
from tickets.actions.record import Change, Fact, record
from tickets.models import AuthorKind, Label, Status, Ticket
from tickets.models.ticket import DONE_STATUSES
from tickets.queries.rows import TicketRow

NAME_LIMIT = 40


@atomic_with_retry
def set_labels(viewer: Staff, ticket: UUID, names: Iterable[str]) -> TicketRow:
    """Gives a ticket exactly these labels; unknown ones are made. Raises NotFound, NotAllowed."""
    viewer.must(Permission.NOTE)
    row = lock_ticket_for(viewer, ticket)
    wanted = {one_line(clean(name), NAME_LIMIT) for name in names} - {""}
    labels = [Label.objects.get_or_create(name=name)[0] for name in sorted(wanted)]
    Ticket.objects.only("pk").get(pk=row.number).labels.set(labels)
    row.labels = [f"{label.name}\x1f{label.color}" for label in labels]
    record(Change(touched=[row]))
    return row


@atomic_with_retry
def wait_for_customer(viewer: Staff, ticket: UUID) -> TicketRow:
    """The next step is the customer's; his next message opens the ticket again.

    Raises NotFound, NotAllowed, Closed.
    """
    viewer.must(Permission.REPLY)
    row = lock_ticket_for(viewer, ticket)
    if row.status in DONE_STATUSES:
        raise Closed
    row.status, row.waiting_since = Status.PENDING, None
    fact = Fact(row, "pending", AuthorKind.AGENT, viewer.user_id)
    record(Change(touched=[row], facts=[fact]))
    return row
