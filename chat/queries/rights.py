"""Who still may hear a ticket: asked for all of a process's listeners at once; and what may be seen
of what a visitor has not sent yet."""

from collections.abc import Iterable
from uuid import UUID

from helpdesk.accounts.viewer import Staff
from tickets.models import Inbox
from tickets.queries.rows import select_rows
from tickets.queries.visibility import may_see


def who_may_hear(viewers: Iterable[Staff], ticket: UUID) -> set[int]:
    """The users among `viewers` who may see the ticket as it is now; one query."""
    rows = select_rows("t.public_id = %s", [ticket])
    return {viewer.user_id for viewer in viewers for row in rows if may_see(viewer, row)}


def may_peek(inbox_id: int) -> bool:
    """Does this inbox let the team see what is being typed? Its visitors are told so."""
    return Inbox.objects.get(pk=inbox_id).chat.conversation.peek
