"""A copy of what we keep of a visitor, for himself (the right of access)."""

from collections import defaultdict
from typing import Any

from helpdesk.accounts.viewer import Visitor
from helpdesk.core import clock
from helpdesk.core.clock import wire
from tickets.models import Callback, Contact, Inbox, Ticket
from tickets.queries import tickets_for
from tickets.queries.bodies import Body
from tickets.queries.messages import public_messages

# Beyond these the copy says that it is not complete; the rest is asked for in words.
TICKETS = 500
MESSAGES = 10_000


def export_for(viewer: Visitor) -> Body:
    """What he told us and what was said to him, newest conversation last; nothing of the team's."""
    contact = Contact.objects.get(pk=viewer.contact_id)
    rows = tickets_for(viewer, tail=f"ORDER BY t.number DESC LIMIT {TICKETS + 1}")
    messages = public_messages(rows[:TICKETS], MESSAGES + 1)
    said = defaultdict(list)
    for message in messages[:MESSAGES]:
        said[message["ticket"]].append(_message(message))
    about = _about([row.number for row in rows[:TICKETS]])
    return {
        "made_at": wire(clock.now()),
        "company": Inbox.objects.values_list("name", flat=True).get(pk=viewer.inbox_id),
        "complete": len(rows) <= TICKETS and len(messages) <= MESSAGES,
        "you": {
            "name": contact.name,
            "email": contact.email,
            "phone": contact.phone,
            "language": contact.language,
            "time_zone": contact.time_zone,
            "known_since": wire(contact.created_at),
            "attributes": [
                {"key": key, "value": value, "source": source}
                for source, values in sorted(contact.attributes.items())
                for key, value in sorted(values.items())
            ],
            "consents": [{"text": one["text"], "at": one["at"]} for one in contact.consents],
        },
        "conversations": [
            {"id": row.id, "started_at": wire(row.created_at), "status": row.status}
            | about[row.number]
            | {"messages": said[row.id]}
            for row in reversed(rows[:TICKETS])
        ],
    }


def _message(body: Body) -> Body:
    event = body["event"]
    return {
        "at": body["created_at"],
        "from": body["author"]["kind"],
        "name": body["author"]["name"],
        "text": body["body"],
        "event": event and event["name"],
        "files": [file["name"] for file in body["files"]],
    }


def _about(numbers: list[int]) -> dict[int, dict[str, Any]]:
    """What the form was answered, which page it began on, and when he wished to be called."""
    calls = defaultdict(list)
    for call in Callback.objects.filter(ticket_id__in=numbers).order_by("pk"):
        calls[call.ticket_id].append({"phone": call.phone, "starts_at": wire(call.starts_at)})
    found = Ticket.objects.filter(pk__in=numbers).values_list("pk", "answers", "visit")
    return {
        number: {
            "answers": [{"question": one["label"], "answer": one["text"]} for one in answers],
            "visit": visit,
            "callbacks": calls[number],
        }
        for number, answers, visit in found
    }
