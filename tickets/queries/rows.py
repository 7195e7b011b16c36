"""A ticket as lists and live events know it: one SELECT for queries and for the write path.

Snapshots and events are built from the same `TicketRow`, so they cannot say different things.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from helpdesk.core.statements import binary_cursor
from tickets.models import Via

COLUMNS = """
    t.number, t.public_id, t.version, t.subject, t.status, t.priority, t.stage, t.language, t.via,
    t.contact_id, t.identity_id, t.inbox_id, t.team_id, t.assignee_id,
    t.created_at, t.solved_at, t.queued_at,
    t.last_seq, t.last_at, t.last_preview, t.last_author, t.last_kind,
    t.last_public_seq, t.last_public_at, t.last_public_preview, t.last_public_author,
    t.last_public_author_id, t.waiting_since, t.first_response_at,
    t.inbound_count, t.outbound_count,
    t.contact_seen_seq, t.contact_seen_outbound, t.agents_seen_seq,
    c.public_id, coalesce(nullif(c.name, ''), nullif(c.email, ''),
                          'V' || upper(left(replace(c.public_id::text, '-', ''), 4))),
    c.blocked_at IS NOT NULL, i.public_id, b.public_id, b.name, b.kind, b.team_id,
    coalesce(team.name, ''), coalesce(u.name, ''), coalesce(u.availability, ''),
    ARRAY(SELECT l.name || chr(31) || l.color FROM tickets_ticket_labels tl
          JOIN tickets_label l ON l.id = tl.label_id WHERE tl.ticket_id = t.number
          ORDER BY l.name COLLATE "C")
"""
SOURCE = """
    FROM tickets_ticket t
    JOIN tickets_contact c ON c.id = t.contact_id
    JOIN tickets_identity i ON i.id = t.identity_id
    JOIN tickets_inbox b ON b.id = t.inbox_id
    LEFT JOIN accounts_team team ON team.id = t.team_id
    LEFT JOIN accounts_user u ON u.id = t.assignee_id
"""


@dataclass(slots=True)
class TicketRow:
    """Field order is that of COLUMNS. `identity` is the visitor's topic; labels are name␟colour."""

    number: int
    id: UUID
    version: int
    subject: str
    status: str
    priority: str
    stage: str
    language: str
    via: str
    contact_id: int
    identity_id: int
    inbox_id: int
    team_id: int | None
    assignee_id: int | None
    created_at: datetime
    solved_at: datetime | None
    queued_at: datetime | None
    last_seq: int
    last_at: datetime
    last_preview: str
    last_author: str
    last_kind: str
    last_public_seq: int
    last_public_at: datetime
    last_public_preview: str
    last_public_author: str
    last_public_author_id: int
    waiting_since: datetime | None
    first_response_at: datetime | None
    inbound_count: int
    outbound_count: int
    contact_seen_seq: int
    contact_seen_outbound: int
    agents_seen_seq: int
    contact: UUID
    contact_name: str
    contact_blocked: bool
    identity: UUID
    inbox: UUID
    inbox_name: str
    channel: str
    inbox_team_id: int | None
    team_name: str
    assignee_name: str
    assignee_availability: str
    labels: list[str]

    @property
    def is_routed(self) -> bool:
        """Does routing look for an agent while nobody owns it? Not for a message that was left or a
        call that was asked for: people take those from the list."""
        return self.via == Via.CHAT

    @property
    def is_live(self) -> bool:
        """Does its customer sit in a chat? Only then does it take one of an agent's slots."""
        return self.channel == "chat" and self.via == Via.CHAT

    @property
    def queue(self) -> int | None:
        """The team in whose queue it stands, or would; None is everybody's."""
        return self.team_id if self.team_id is not None else self.inbox_team_id


FIELD_COUNT = len(fields(TicketRow))


def select_rows(where: str, params: Sequence[Any], *, tail: str = "") -> list[TicketRow]:
    """Rows for a condition over `t` (ticket) and `b` (inbox); `tail`: ORDER BY, LIMIT, a lock."""
    with binary_cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} {SOURCE} WHERE {where} {tail}", params)
        return [TicketRow(*values) for values in cursor.fetchall()]


def uuid_array(ids: Iterable[UUID]) -> str:
    """PostgreSQL's text form of an array of ids; the driver's own takes ten times as long."""
    return "{" + ",".join(map(str, ids)) + "}"
