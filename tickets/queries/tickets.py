"""Tickets as somebody may see them."""

from typing import Any
from uuid import UUID

from helpdesk.accounts.viewer import Viewer
from helpdesk.core.errors import NotFound
from tickets.queries.rows import TicketRow, select_rows
from tickets.queries.visibility import visible


def tickets_for(
    viewer: Viewer, condition: str = "true", params: list[Any] | None = None, *, tail: str = ""
) -> list[TicketRow]:
    """Rows that fulfil a condition over `t`, of those that the viewer may see."""
    rule, rule_params = visible(viewer)
    return select_rows(f"({rule}) AND ({condition})", [*rule_params, *(params or [])], tail=tail)


def fetch_ticket_for(viewer: Viewer, ticket: UUID) -> TicketRow:
    """Raises NotFound, whether it does not exist or is not his to see."""
    rows = tickets_for(viewer, "t.public_id = %s", [ticket])
    if not rows:
        raise NotFound
    return rows[0]
