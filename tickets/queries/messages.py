"""Messages of a ticket: pages of a thread, and what a repeated `ref` stands for."""

from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

import orjson
from django.db import connection

from helpdesk.accounts.viewer import Staff, Visitor
from helpdesk.core.jsonio import dumps
from helpdesk.core.statements import binary_cursor
from tickets.models import AuthorKind
from tickets.queries.bodies import Body, MessageRow, public_message, staff_message
from tickets.queries.files import FILES_OF_MESSAGE, file_row
from tickets.queries.rows import TicketRow

COLUMNS = """m.public_id, t.public_id, m.seq, m.prev, m.kind, m.is_public, m.author_kind,
    m.author_id, m.author_name, m.body, m.html, m.created_at, m.ref, m.event, m.data::text,
    b.kind"""
SOURCE = """FROM tickets_message m JOIN tickets_ticket t ON t.number = m.ticket_id
    JOIN tickets_inbox b ON b.id = m.inbox_id"""
PAGE = 50
WHOLE = 1_000

# LIMIT keeps the planner at one index look-up a key, whatever it believes about the tables.
FIND_BY_REFS = f"""
    SELECT {COLUMNS}, m.ticket_id
    FROM json_to_recordset(%s::json) AS k(ticket bigint, kind text, author bigint, ref uuid)
    CROSS JOIN LATERAL (SELECT * FROM tickets_message f WHERE f.ticket_id = k.ticket
        AND f.author_kind = k.kind AND f.author_id = k.author AND f.ref = k.ref LIMIT 1) m
    JOIN tickets_ticket t ON t.number = m.ticket_id JOIN tickets_inbox b ON b.id = m.inbox_id
"""  # noqa: S608  our own constant


class Referenced(Protocol):
    """Anything that names its author and its `ref`, such as a post."""

    @property
    def viewer(self) -> Staff | Visitor: ...
    @property
    def ref(self) -> UUID: ...


RefKey = tuple[int, str, int, UUID]


def find_by_refs(posts: Sequence[tuple[Referenced, TicketRow]]) -> dict[RefKey, MessageRow]:
    """Messages that these authors have written under these refs: (ticket, kind, author, ref)."""
    if not posts:
        return {}
    names = ("ticket", "kind", "author", "ref")
    keys = [dict(zip(names, _ref_key(post, row), strict=True)) for post, row in posts]
    with binary_cursor() as cursor:
        cursor.execute(FIND_BY_REFS, [dumps(keys).decode()])
        found = cursor.fetchall()
    rows = {(values[-1], values[6], values[7], values[12]): _row(values[:-1]) for values in found}
    return rows


def _ref_key(post: Referenced, row: TicketRow) -> RefKey:
    if isinstance(post.viewer, Staff):
        return row.number, AuthorKind.AGENT, post.viewer.user_id, post.ref
    # Not the viewer's: he may have become a known customer since his socket was opened.
    return row.number, AuthorKind.CONTACT, row.contact_id, post.ref


def _row(values: tuple[Any, ...]) -> MessageRow:
    return MessageRow(*[*values[:-2], orjson.loads(values[-2]), values[-1]])


def _with_files(files: str | None, message: MessageRow) -> MessageRow:
    message.files = [file_row(values) for values in orjson.loads(files or "[]")]
    return message


def public_replies(number: int, *, after: int = 0, upto: int | None = None) -> list[MessageRow]:
    """What a ticket's visitor and we said in public, without events, oldest first: the newest 1,000
    of those after one number, up to another."""
    conditions = ["m.ticket_id = %s", "m.is_public", "m.kind = 'reply'", "m.seq > %s"]
    params = [number, after]
    if upto is not None:
        conditions.append("m.seq <= %s")
        params.append(upto)
    return _newest(conditions, params, WHOLE)[::-1]


def page_before(row: TicketRow, before: int | None, *, public: bool) -> tuple[list[Body], bool]:
    """Up to 50 messages older than `before` (None: the newest), oldest first; more exist?"""
    conditions, params = ["m.ticket_id = %s"], [row.number]
    if before is not None:
        conditions.append("m.seq < %s")
        params.append(before)
    if public:
        conditions.append("m.is_public")
    found = _newest(conditions, params, PAGE + 1)
    render = public_message if public else staff_message
    return [render(message) for message in reversed(found[:PAGE])], len(found) > PAGE


def public_messages(rows: Sequence[TicketRow], limit: int) -> list[Body]:
    """What a visitor may read of all these tickets together, oldest first, at most `limit`."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {FILES_OF_MESSAGE}::text, {COLUMNS} {SOURCE}"
            " WHERE m.ticket_id = ANY(%s) AND m.is_public ORDER BY m.ticket_id, m.seq LIMIT %s",
            [[row.number for row in rows], limit],
        )
        found = [_with_files(files, _row(tuple(values))) for files, *values in cursor.fetchall()]
    return [public_message(message) for message in found]


def _newest(conditions: Sequence[str], params: Sequence[Any], limit: int) -> list[MessageRow]:
    """With their files, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {FILES_OF_MESSAGE}::text, {COLUMNS} {SOURCE} WHERE {' AND '.join(conditions)}"
            f" ORDER BY m.seq DESC LIMIT {limit}",
            params,
        )
        return [_with_files(files, _row(tuple(values))) for files, *values in cursor.fetchall()]
