"""From written rows to entries of the live log: what is said, to whom, in which body."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from uuid import UUID

from helpdesk.core.jsonio import dumps
from helpdesk.realtime.entry import Entry
from tickets.queries import topics
from tickets.queries.bodies import (
    MessageRow,
    public_message,
    public_row,
    staff_message,
    staff_row,
)
from tickets.queries.rows import TicketRow


def entries_of(
    messages: Sequence[tuple[TicketRow, MessageRow]],
    rows: Sequence[TicketRow],
    *,
    left: dict[UUID, set[str]],
    regrouped: AbstractSet[UUID],
    created: AbstractSet[UUID],
) -> list[Entry]:
    """Lists that a ticket left hear first; then each message with the row as it stands now; rows
    without a message alone. The row is encoded once a ticket."""
    entries = [_gone(row, topic) for row in rows for topic in sorted(left.get(row.id, ()))]
    encoded = {row.id: _Encoded(row) for row in rows}
    entries += [
        encoded[row.id].created(access=row.id in regrouped) for row in rows if row.id in created
    ]
    for row, message in messages:
        entries.append(encoded[row.id].message(message, access=row.id in regrouped))
    said = {row.id for row, _ in messages} | set(created)
    entries += [
        encoded[row.id].changed(access=row.id in regrouped) for row in rows if row.id not in said
    ]
    # A new owner that only staff messages tell of: the visitor's row shows who answers him.
    told = {row.id for row, message in messages if message.is_public}
    entries += [
        encoded[row.id].changed_for_visitor()
        for row in rows
        if row.id in regrouped and row.id in said - told
    ]
    return entries


class _Encoded:
    """A row's two bodies, encoded once for all the entries that carry them."""

    __slots__ = ("public", "row", "staff", "topics")

    def __init__(self, row: TicketRow) -> None:
        self.row = row
        self.topics = topics.staff_topics(row)
        self.staff = dumps(staff_row(row)).decode()
        self.public = dumps(public_row(row)).decode()

    def message(self, message: MessageRow, *, access: bool) -> Entry:
        head = f'{{"type":"message.created","ticket":"{self.row.id}","message":'
        staff = f'{head}{dumps(staff_message(message)).decode()},"row":{self.staff}}}'
        if not message.is_public:
            return self._entry(staff, "", access)
        public = f'{head}{dumps(public_message(message)).decode()},"row":{self.public}}}'
        return self._entry(staff, public, access)

    def created(self, *, access: bool) -> Entry:
        return self._row_entry("ticket.created", access)

    def changed(self, *, access: bool) -> Entry:
        return self._row_entry("ticket.changed", access)

    def changed_for_visitor(self) -> Entry:
        body = f'{{"type":"ticket.changed","row":{self.public}}}'
        return Entry((topics.visitor_topic(self.row.identity),), public=body)

    def _row_entry(self, kind: str, access: bool) -> Entry:
        head = f'{{"type":"{kind}","row":'
        return self._entry(f"{head}{self.staff}}}", f"{head}{self.public}}}", access)

    def _entry(self, staff: str, public: str, access: bool) -> Entry:
        hearers = self.topics
        if public:
            hearers = (*hearers, topics.visitor_topic(self.row.identity))
        return Entry(hearers, staff, public, access=f"ticket:{self.row.id}" if access else "")


def _gone(row: TicketRow, topic: str) -> Entry:
    """`version` is the one with which it left: a copy that comes late takes nothing newer away."""
    body = {"type": "ticket.gone", "ticket": row.id, "version": row.version}
    return Entry((topic,), dumps(body).decode())
