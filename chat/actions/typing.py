"""Typing: said to whoever looks at the ticket, never stored, may be lost."""

from typing import Any
from uuid import UUID

from chat.queries.rights import may_peek
from helpdesk.accounts.viewer import Visitor
from helpdesk.core.jsonio import dumps
from helpdesk.core.text import clean
from helpdesk.realtime.entry import Entry
from helpdesk.realtime.outbox import send
from tickets.queries import fetch_ticket_for
from tickets.queries.bodies import first_name
from tickets.queries.rows import TicketRow
from tickets.queries.topics import agent_topic, ticket_topic, visitor_topic


def visitor_types(viewer: Visitor, ticket: UUID, *, on: bool, text: str) -> None:
    """`text` goes no further unless the inbox lets the team see it. Raises NotFound."""
    row = fetch_ticket_for(viewer, ticket)
    who = {"kind": "contact", "id": None, "name": row.contact_name}
    seen = clean(text) if text and may_peek(row.inbox_id) else ""
    announce_typing(row, who, on=on, is_staff=False, text=seen)


def announce_typing(
    row: TicketRow, who: dict[str, Any], *, on: bool, is_staff: bool, text: str = ""
) -> None:
    """Colleagues always hear it; the visitor hears of an agent, by first name. `text` is what a
    visitor has typed so far, and none but staff ever hear it."""
    body = {"type": "ticket.typing", "ticket": row.id, "who": who, "on": on}
    topics = [ticket_topic(row.id)]
    public = ""
    if is_staff:
        topics.append(visitor_topic(row.identity))
        shown = {"kind": "agent", "id": None, "name": first_name(who["name"])}
        public = dumps(body | {"who": shown}).decode()
    elif text:
        body["text"] = text
    if not is_staff and row.assignee_id:
        topics.append(agent_topic(row.assignee_id))
    entry = Entry(tuple(topics), dumps(body).decode(), public, keep=False)
    send([entry])
