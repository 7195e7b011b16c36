"""A customer opens a ticket; the same `ref` opens it once, however often it comes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from helpdesk.accounts.viewer import Visitor
from helpdesk.core import clock
from helpdesk.core.errors import Invalid, NotAllowed
from helpdesk.core.jsonio import dumps
from helpdesk.core.retry import atomic_with_retry
from helpdesk.core.text import clean, link_html, one_line
from helpdesk.realtime.bus import emit
from tickets.actions.attach import lock_unsent, take
from tickets.actions.record import Change, Draft, Fact, lock_tickets, record
from tickets.events import TicketStarted
from tickets.models import AuthorKind, Contact, Inbox, MessageKind, Status, Via
from tickets.queries.bodies import MessageRow
from tickets.queries.messages import find_by_refs
from tickets.queries.rows import TicketRow
from tickets.queries.tickets import tickets_for

VISIT_KEYS = ("url", "title", "referrer", "user_agent")


@dataclass(slots=True)
class Start:
    """The first message of a conversation; `body` is already clean. `address` is the client's, for
    inboxes that keep it."""

    viewer: Visitor
    ref: UUID
    body: str
    language: str = ""
    visit: dict[str, str] = field(default_factory=dict)
    via: str = Via.CHAT
    stage: str = ""
    answers: list[dict[str, str]] = field(default_factory=list)
    attachments: Sequence[UUID] = ()
    address: str = ""


@atomic_with_retry
def start_ticket(start: Start) -> tuple[TicketRow, MessageRow]:
    """The ticket and its first message, new or the ones this `ref` made.

    Raises NotAllowed, Invalid (an attachment that is not his to send).
    """
    ticket = _insert(start)
    if ticket is None:  # before any refusal: a retry always gets the first result
        (first,) = find_started(start)
        return first
    if Contact.objects.filter(pk=start.viewer.contact_id, blocked_at__isnull=False).exists():
        raise NotAllowed
    row = lock_tickets([ticket])[ticket]
    row.queued_at = clock.now() if row.is_routed else None
    files = take(start.viewer, start.attachments, lock_unsent(start.attachments))
    if files is None:
        raise Invalid(field="attachments")
    change = Change(created={row.id})
    change.drafts.append(
        Draft(row, MessageKind.EVENT, AuthorKind.SYSTEM, event="started",
              data={"page": row_page(start.visit), "via": start.via}, is_public=False)
    )  # fmt: skip
    change.drafts.append(
        Draft(row, MessageKind.REPLY, AuthorKind.CONTACT, row.contact_id, row.contact_name,
              start.body, link_html(start.body), start.ref, files=files)
    )  # fmt: skip
    change.facts.append(Fact(row, "started", AuthorKind.CONTACT))
    messages = record(change)
    emit(TicketStarted(ticket_id=row.number))
    return row, messages[-1]


def row_page(visit: dict[str, str]) -> str:
    return visit.get("title") or visit.get("url", "")


def clean_visit(visit: dict[str, Any]) -> dict[str, str]:
    """What we keep of the page a visitor writes from; all of it is a stranger's text."""
    return {
        key: one_line(clean(str(visit[key])[:2000]), 500) for key in VISIT_KEYS if visit.get(key)
    }


INSERT = """
    INSERT INTO tickets_ticket (public_id, contact_id, identity_id, inbox_id, team_id, start_ref,
        subject, status, priority, stage, language, via, answers, visit,
        created_at, version, last_seq, last_at, last_preview, last_author, last_kind,
        last_public_seq, last_public_at, last_public_preview, last_public_author,
        last_public_author_id, inbound_count, outbound_count, contact_seen_seq,
        contact_seen_outbound, agents_seen_seq)
    VALUES (%s, %s, %s, %s, %s, %s, '', %s, 'normal', %s, %s, %s, %s, %s, %s, 0, 0, %s,
        '', '', '', 0, %s, '', '', 0, 0, 0, 0, 0, 0)
    ON CONFLICT (identity_id, start_ref) DO NOTHING RETURNING public_id
"""


def _insert(start: Start) -> UUID | None:
    """The new ticket's id; None if this start has been made. A race waits for the first to end."""
    inbox = Inbox.objects.only("team_id").get(pk=start.viewer.inbox_id)
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            [
                uuid4(), start.viewer.contact_id, start.viewer.identity_id, inbox.pk,
                inbox.team_id, start.ref, Status.OPEN, start.stage, start.language[:8],
                start.via, dumps(start.answers).decode(), dumps(start.visit).decode(),
                now, now, now,
            ],
        )  # fmt: skip
        found = cursor.fetchone()
    return found[0] if found else None


def find_started(start: Start) -> list[tuple[TicketRow, MessageRow]]:
    """The ticket that this `ref` has opened, and its first message; empty if it has opened none.
    Whoever was identified meanwhile sends again what he began as a stranger."""
    rows = tickets_for(start.viewer, "t.start_ref = %s", [start.ref])
    messages = find_by_refs([(start, row) for row in rows]).values()
    return list(zip(rows, messages, strict=True))
