"""What leaves the server: the staff body and the public body of a ticket and of a message.

The public ones are allow-lists. A new field of a row or a message reaches a visitor only by a
line here, and `tests/contract/test_public_bodies.py` fails until that line is meant.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from helpdesk.core.clock import wire
from tickets.models import AuthorKind
from tickets.queries.files import FileRow, file_body
from tickets.queries.rows import TicketRow

Body = dict[str, Any]


@dataclass(slots=True)
class MessageRow:
    """A message as it was stored; `ticket` is the ticket's public id.

    `data` is what an event says, or a reply's extras (`tickets.domain.extras`).
    """

    id: UUID
    ticket: UUID
    seq: int
    prev: int
    kind: str
    is_public: bool
    author_kind: str
    author_id: int
    author_name: str
    body: str
    html: str
    created_at: datetime
    ref: UUID | None = None
    event: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    channel: str = "chat"
    files: list[FileRow] = field(default_factory=list)


def staff_message(message: MessageRow) -> Body:
    author_id = message.author_id if message.author_kind == AuthorKind.AGENT else None
    return {
        "id": message.id,
        "ticket": message.ticket,
        "seq": message.seq,
        "prev": message.prev,
        "kind": message.kind,
        "public": message.is_public,
        "author": {"kind": message.author_kind, "id": author_id, "name": message.author_name},
        "body": message.body,
        "html": message.html,
        "ref": message.ref,
        "created_at": wire(message.created_at),
        "channel": message.channel,
        "event": {"name": message.event, "data": message.data} if message.event else None,
        **_extras(message),
    }


def public_message(message: MessageRow) -> Body:
    """Only ever for a message with `is_public`; an agent shows his first name alone."""
    is_contact = message.author_kind == AuthorKind.CONTACT
    return {
        "id": message.id,
        "ticket": message.ticket,
        "seq": message.seq,
        "prev": message.prev,
        "kind": message.kind,
        "author": {
            "kind": message.author_kind,
            "name": message.author_name if is_contact else first_name(message.author_name),
        },
        "body": message.body,
        "html": message.html,
        "ref": message.ref if is_contact else None,
        "created_at": wire(message.created_at),
        "event": _public_event(message),
        **_extras(message),
    }


def _extras(message: MessageRow) -> Body:
    """What a reply carries beside its words: the same for both sides."""
    data = {} if message.event else message.data
    return {
        "files": [file_body(row) for row in message.files],
        "choices": data.get("choices", []),
        "article": data.get("article"),
    }


def staff_row(row: TicketRow) -> Body:
    return {
        "id": row.id,
        "number": row.number,
        "version": row.version,
        "subject": row.subject,
        "status": row.status,
        "priority": row.priority,
        "stage": row.stage,
        "language": row.language,
        "via": row.via,
        "channel": row.channel,
        "inbox": {"id": row.inbox, "name": row.inbox_name},
        "team": {"id": row.team_id, "name": row.team_name} if row.team_id else None,
        "assignee": {"id": row.assignee_id, "name": row.assignee_name} if row.assignee_id else None,
        "contact": {"id": row.contact, "name": row.contact_name},
        "labels": [
            dict(zip(("name", "color"), label.split("\x1f"), strict=True)) for label in row.labels
        ],
        "last_seq": row.last_seq,
        "last_at": wire(row.last_at),
        "last_preview": row.last_preview,
        "last_author": row.last_author,
        "last_kind": row.last_kind,
        "waiting_since": wire(row.waiting_since),
        "inbound_count": row.inbound_count,
        "contact_seen_seq": row.contact_seen_seq,
        "agents_seen_seq": row.agents_seen_seq,
        "created_at": wire(row.created_at),
        "solved_at": wire(row.solved_at),
        "queued_at": wire(row.queued_at),
    }


def public_row(row: TicketRow) -> Body:
    return {
        "id": row.id,
        "version": row.version,
        "status": row.status,
        "via": row.via,
        "assignee": {"name": first_name(row.assignee_name)} if row.assignee_id else None,
        "created_at": wire(row.created_at),
        "last_seq": row.last_public_seq,
        "last_at": wire(row.last_public_at),
        "last_preview": row.last_public_preview,
        "last_author": row.last_public_author,
        "outbound_count": row.outbound_count,
        "contact_seen_outbound": row.contact_seen_outbound,
        "contact_seen_seq": row.contact_seen_seq,
        # Not beyond what he sees himself: it would count the notes.
        "agents_seen_seq": min(row.agents_seen_seq, row.last_public_seq),
    }


PUBLIC_EVENT_DATA = {
    "callback": ("state", "phone", "starts_at", "ends_at", "time_zone"),
    "joined": ("name",),
    "left": (),
    "solved": ("by", "name"),
    "reopened": (),
    "to_message": (),
}


def _public_event(message: MessageRow) -> Body | None:
    if not message.event:
        return None
    allowed = PUBLIC_EVENT_DATA.get(message.event, ())
    data = {name: message.data[name] for name in allowed if name in message.data}
    if data.get("by") == "agent":
        data["name"] = first_name(data.get("name", ""))
    return {"name": message.event, "data": data}


def first_name(name: str) -> str:
    return name.partition(" ")[0]
