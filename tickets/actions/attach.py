"""Files find their message: locked before it is written, handed over after it.

Two statements for all the messages of a batch, and none when no message has files.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import orjson

from helpdesk.accounts.viewer import Staff, Visitor
from helpdesk.core.jsonio import dumps
from helpdesk.core.statements import binary_cursor
from tickets.queries.bodies import MessageRow
from tickets.queries.files import FILE_ARRAY, FileRow, file_row
from tickets.queries.rows import uuid_array

LOCK = f"""
    SELECT {FILE_ARRAY}::text, a.identity_id, a.user_id, a.inbox_id FROM tickets_attachment a
    WHERE a.public_id = ANY(%s::uuid[]) AND a.message_id IS NULL ORDER BY a.id FOR UPDATE
"""  # noqa: S608  our own constant
HAND_OVER = """
    UPDATE tickets_attachment a SET message_id = m.id
    FROM json_to_recordset(%s::json) AS n(file bigint, message uuid)
    JOIN tickets_message m ON m.public_id = n.message
    WHERE a.id = n.file
"""


@dataclass(frozen=True, slots=True)
class Unsent:
    """An uploaded file that waits for its message, and who uploaded it."""

    row: FileRow
    identity_id: int | None
    user_id: int | None
    inbox_id: int | None

    def is_of(self, viewer: Staff | Visitor) -> bool:
        if isinstance(viewer, Staff):
            return self.user_id == viewer.user_id
        return (self.identity_id, self.inbox_id) == (viewer.identity_id, viewer.inbox_id)


def lock_unsent(ids: Iterable[UUID]) -> dict[UUID, Unsent]:
    """Those of `ids` that no message has yet; they stay locked until the transaction ends."""
    wanted = set(ids)
    if not wanted:
        return {}
    with binary_cursor() as cursor:
        cursor.execute(LOCK, [uuid_array(wanted)])
        found = [(file_row(orjson.loads(array)), *owner) for array, *owner in cursor.fetchall()]
    return {row.id: Unsent(row, *owner) for row, *owner in found}


def take(
    viewer: Staff | Visitor, asked: Sequence[UUID], unsent: dict[UUID, Unsent]
) -> list[FileRow] | None:
    """The files asked for, out of `unsent`; None when one of them is not there or not his."""
    ids = dict.fromkeys(asked)
    if not all(one in unsent and unsent[one].is_of(viewer) for one in ids):
        return None
    return sorted((unsent.pop(one).row for one in ids), key=lambda row: row.number)


def hand_over(messages: Sequence[MessageRow]) -> None:
    """Files belong to their messages from now on; within the transaction that wrote them."""
    pairs = [
        {"file": row.number, "message": message.id} for message in messages for row in message.files
    ]
    if pairs:
        with binary_cursor() as cursor:
            cursor.execute(HAND_OVER, [dumps(pairs).decode()])
