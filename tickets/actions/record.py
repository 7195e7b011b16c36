"""The one write path: messages, denormalised columns and announcements of any number of tickets.

A constant number of statements whatever the batch: one that locks and one that reads, one INSERT of
messages, one UPDATE of tickets, one INSERT of facts and one UPDATE of files where there are any,
one outbox row.
`seq`, counters and previews are computed here from the locked rows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from helpdesk.core import clock
from helpdesk.core.jsonio import dumps
from helpdesk.core.statements import binary_cursor, one_round_trip
from helpdesk.core.text import one_line
from helpdesk.realtime import outbox
from helpdesk.realtime.entry import Entry
from tickets.actions.announce import entries_of
from tickets.actions.attach import hand_over
from tickets.models import AuthorKind, MessageKind, TicketEvent
from tickets.queries.bodies import MessageRow
from tickets.queries.files import FileRow
from tickets.queries.rows import TicketRow, select_rows, uuid_array

LOCK = "SELECT t.number FROM tickets_ticket t WHERE {} ORDER BY t.number FOR NO KEY UPDATE"


@dataclass(slots=True)
class Draft:
    """A message to be: everything but its numbers. `row` is the locked ticket, `files` are locked
    and unsent."""

    row: TicketRow
    kind: str
    author_kind: str
    author_id: int = 0
    author_name: str = ""
    body: str = ""
    html: str = ""
    ref: UUID | None = None
    event: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    is_public: bool = True
    files: list[FileRow] = field(default_factory=list)


@dataclass(slots=True)
class Fact:
    """One TicketEvent to be."""

    row: TicketRow
    name: str
    actor_kind: str
    actor_id: int | None = None
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Change:
    """What one transaction does to locked tickets.

    `touched` are rows whose columns the caller has set; `left` are list topics that a ticket is no
    longer in; `regrouped` are tickets whose visibility changed.
    """

    drafts: list[Draft] = field(default_factory=list)
    touched: list[TicketRow] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    left: dict[UUID, set[str]] = field(default_factory=dict)
    regrouped: set[UUID] = field(default_factory=set)
    created: set[UUID] = field(default_factory=set)


def lock_tickets(ids: Iterable[UUID], *, skip_locked: bool = False) -> dict[UUID, TicketRow]:
    """Locks tickets by number order; with `skip_locked` those that somebody holds are left out."""
    wanted = [uuid_array(set(ids))]
    rows = lock_rows("t.public_id = ANY(%s::uuid[])", wanted, skip_locked=skip_locked)
    return {row.id: row for row in rows}


def lock_rows(where: str, params: Sequence[Any], *, skip_locked: bool = False) -> list[TicketRow]:
    """The tickets of a condition over `t`, locked by number order.

    They are read by a statement of their own, once they are locked: one that waits for a lock reads
    names and labels, which it does not lock, as they were before it waited.
    """
    lock = LOCK.format(where) + (" SKIP LOCKED" if skip_locked else "")
    with binary_cursor() as cursor, one_round_trip():
        cursor.execute(lock, params)
        rows = select_rows(where, params, tail="ORDER BY t.number")
        locked = {number for (number,) in cursor.fetchall()}
    return [row for row in rows if row.number in locked]


def record(
    change: Change, *, announce: Callable[[Sequence[Entry]], None] = outbox.announce
) -> list[MessageRow]:
    """Writes a change whole and announces it after the commit; the messages, in order of drafts."""
    now = clock.now()
    messages = [_number(draft, now, change) for draft in change.drafts]
    rows = {row.number: row for row in change.touched}
    rows |= {draft.row.number: draft.row for draft in change.drafts}
    for row in rows.values():
        row.version += 1
    pairs = [(draft.row, message) for draft, message in zip(change.drafts, messages, strict=True)]
    entries = entries_of(
        pairs,
        list(rows.values()),
        left=change.left,
        regrouped=change.regrouped,
        created=change.created,
    )
    with one_round_trip():
        if messages:
            _insert_messages(messages, change.drafts)
            hand_over(messages)
        _update_tickets(list(rows.values()))
        if change.facts:
            _insert_facts(change.facts, now)
        announce(entries)
    return messages


def _number(draft: Draft, now: datetime, change: Change) -> MessageRow:
    """Gives the draft its place in the ticket and brings the ticket's columns up to it."""
    row = draft.row
    row.last_seq += 1
    message = MessageRow(
        uuid4(), row.id, row.last_seq, row.last_public_seq, draft.kind, draft.is_public,
        draft.author_kind, draft.author_id, draft.author_name, draft.body, draft.html,
        now, draft.ref, draft.event, draft.data, row.channel, draft.files,
    )  # fmt: skip
    if draft.is_public:
        row.last_public_seq = row.last_seq
    if draft.kind != MessageKind.EVENT:
        _preview(row, draft, now)
    if draft.kind == MessageKind.REPLY:
        _count(row, draft, now, change)
    return message


def _preview(row: TicketRow, draft: Draft, now: datetime) -> None:
    row.last_at, row.last_author, row.last_kind = now, draft.author_kind, draft.kind
    row.last_preview = one_line(draft.body) or _instead_of_words(draft)
    if draft.is_public:
        row.last_public_at, row.last_public_author = now, draft.author_kind
        row.last_public_author_id = draft.author_id
        row.last_public_preview = row.last_preview


def _instead_of_words(draft: Draft) -> str:
    """Names, which are the same in every language."""
    if draft.files:
        return one_line("📎 " + ", ".join(row.name for row in draft.files))
    return one_line((draft.data.get("article") or {}).get("title", ""))


def _count(row: TicketRow, draft: Draft, now: datetime, change: Change) -> None:
    if draft.author_kind == AuthorKind.CONTACT:
        row.inbound_count += 1
        row.contact_seen_seq, row.contact_seen_outbound = row.last_seq, row.outbound_count
        row.waiting_since = row.waiting_since or now
        return
    row.outbound_count += 1
    row.agents_seen_seq = row.last_seq
    row.waiting_since = None
    if row.first_response_at is None and draft.author_kind == AuthorKind.AGENT:
        row.first_response_at = now
        change.facts.append(Fact(row, "first_reply", AuthorKind.AGENT, draft.author_id))


MESSAGE_COLUMNS = {
    "public_id": "uuid", "ticket_id": "bigint", "inbox_id": "bigint", "seq": "int", "prev": "int",
    "kind": "text", "is_public": "bool", "author_kind": "text", "author_id": "bigint",
    "author_name": "text", "ref": "uuid", "body": "text", "html": "text", "event": "text",
    "data": "jsonb", "created_at": "timestamptz",
}  # fmt: skip
UPDATED_COLUMNS = {
    "version": "int", "status": "text", "priority": "text", "stage": "text", "subject": "text",
    "language": "text", "via": "text", "team_id": "bigint", "assignee_id": "bigint",
    "solved_at": "timestamptz", "queued_at": "timestamptz",
    "last_seq": "int", "last_at": "timestamptz", "last_preview": "text", "last_author": "text",
    "last_kind": "text", "last_public_seq": "int", "last_public_at": "timestamptz",
    "last_public_preview": "text", "last_public_author": "text", "last_public_author_id": "bigint",
    "waiting_since": "timestamptz", "first_response_at": "timestamptz",
    "inbound_count": "int", "outbound_count": "int", "contact_seen_seq": "int",
    "contact_seen_outbound": "int", "agents_seen_seq": "int",
}  # fmt: skip


def _records(columns: dict[str, str]) -> str:
    """A batch's rows out of one JSON parameter: far cheaper to write than an array a column."""
    types = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    return f"json_to_recordset(%s::json) AS n({types})"


INSERT_MESSAGES = (
    f"INSERT INTO tickets_message ({', '.join(MESSAGE_COLUMNS)})"  # noqa: S608  our own constants
    f" SELECT * FROM {_records(MESSAGE_COLUMNS)}"
)
UPDATE_TICKETS = (
    "UPDATE tickets_ticket t SET "  # noqa: S608  our own constants
    + ", ".join(f"{name} = n.{name}" for name in UPDATED_COLUMNS)
    + f" FROM {_records({'number': 'bigint', **UPDATED_COLUMNS})} WHERE t.number = n.number"
)


def _insert_messages(messages: list[MessageRow], drafts: list[Draft]) -> None:
    records = [
        {
            "public_id": message.id, "ticket_id": draft.row.number, "inbox_id": draft.row.inbox_id,
            "seq": message.seq, "prev": message.prev, "kind": message.kind,
            "is_public": message.is_public, "author_kind": message.author_kind,
            "author_id": message.author_id, "author_name": message.author_name,
            "ref": message.ref, "body": message.body, "html": message.html,
            "event": message.event, "data": message.data, "created_at": message.created_at,
        }
        for message, draft in zip(messages, drafts, strict=True)
    ]  # fmt: skip
    with binary_cursor() as cursor:
        cursor.execute(INSERT_MESSAGES, [dumps(records).decode()])


def _update_tickets(rows: list[TicketRow]) -> None:
    if not rows:
        return
    names = ("number", *UPDATED_COLUMNS)
    records = [{name: getattr(row, name) for name in names} for row in rows]
    with binary_cursor() as cursor:
        cursor.execute(UPDATE_TICKETS, [dumps(records).decode()])


def _insert_facts(facts: list[Fact], now: datetime) -> None:
    TicketEvent.objects.bulk_create(
        TicketEvent(
            ticket_id=fact.row.number,
            name=fact.name,
            actor_kind=fact.actor_kind,
            actor_id=fact.actor_id,
            data=fact.data,
            created_at=now,
        )
        for fact in facts
    )
