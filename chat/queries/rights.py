"""Who still may hear a ticket: asked for all of a process's listeners at once."""

from collections.abc import Iterable
from uuid import UUID

from helpdesk.accounts.viewer import Staff
from tickets.queries.rows import select_rows
from tickets.queries.visibility import may_see


def who_may_hear(viewers: Iterable[Staff], ticket: UUID) -> set[int]:
    """The users among `viewers` who may see the ticket as it is now; one query."""
    rows = select_rows("t.public_id = %s", [ticket])
    return {viewer.user_id for viewer in viewers for row in rows if may_see(viewer, row)}
