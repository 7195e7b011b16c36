"""The door for writes: a locked row that the viewer may see, or NotFound."""

from uuid import UUID

from helpdesk.accounts.viewer import Viewer
from helpdesk.core.errors import NotFound
from tickets.actions.record import lock_tickets
from tickets.queries.rows import TicketRow
from tickets.queries.visibility import may_see


def lock_ticket_for(viewer: Viewer, ticket: UUID) -> TicketRow:
    """Must run in a transaction; holds the ticket until its end. Raises NotFound."""
    row = lock_tickets([ticket]).get(ticket)
    if row is None or not may_see(viewer, row):
        raise NotFound
    return row
