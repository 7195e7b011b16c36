"""Posting messages, one or many at once: what the chat writer's batches and all edges call."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.viewer import Staff, Visitor
from helpdesk.core.errors import (
    Busy,
    Closed,
    DomainError,
    Invalid,
    NewerExists,
    NotAllowed,
    NotFound,
)
from helpdesk.core.retry import atomic_with_retry
from helpdesk.core.text import link_html
from helpdesk.realtime import outbox
from helpdesk.realtime.bus import emit
from helpdesk.realtime.entry import Entry
from tickets.actions.attach import Unsent, lock_unsent, take
from tickets.actions.record import Change, Draft, lock_tickets, record
from tickets.actions.reopen import Reopener, reopen_row, rooms_of_owners, tell_reopened
from tickets.events import FirstReply
from tickets.models import AuthorKind, MessageKind, Status
from tickets.queries.bodies import MessageRow
from tickets.queries.messages import find_by_refs
from tickets.queries.rows import TicketRow
from tickets.queries.visibility import may_see


@dataclass(slots=True)
class Post:
    """One message somebody wants on a ticket. `seen_seq` is the newest one its author has seen,
    `attachments` are uploads of his, `data` what `tickets.domain.extras` made."""

    viewer: Staff | Visitor
    ticket: UUID
    ref: UUID
    body: str
    kind: str = MessageKind.REPLY
    seen_seq: int | None = None
    attachments: Sequence[UUID] = ()
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Posted:
    """The row that stands for a post; the first one's if the same `ref` was posted before."""

    message: MessageRow


Outcome = Posted | DomainError | None


@atomic_with_retry
def post_message(post: Post) -> MessageRow:
    """One message, waiting for the ticket's lock. Raises what `post_batch` would answer."""
    (outcome,) = post_batch([post], skip_locked=False)
    if isinstance(outcome, Posted):
        return outcome.message
    raise outcome or Busy()


def post_batch(
    posts: Sequence[Post],
    *,
    skip_locked: bool = True,
    announce: Callable[[Sequence[Entry]], None] = outbox.announce,
) -> list[Outcome]:
    """Writes what may be written and says per post what became of it; bodies are already clean.

    None means that somebody holds the ticket (or that an earlier post of the batch to it is in
    that state): try again later. Refusals never raise; an exception means the whole batch failed.
    """
    rows = lock_tickets({post.ticket for post in posts}, skip_locked=skip_locked)
    missing = {post.ticket for post in posts} - rows.keys()
    held = _existing(missing) if missing and skip_locked else set()
    known = find_by_refs([(post, rows[post.ticket]) for post in posts if post.ticket in rows])
    unsent = lock_unsent(one for post in posts for one in post.attachments)
    change, outcomes, places = Change(), [], []
    rooms = rooms_of_owners(rows.values())
    drafted: dict[tuple[int, str, int, UUID], int] = {}
    for post in posts:
        outcome, draft = _decide(post, rows.get(post.ticket), held, known)
        if draft is not None:
            key = (draft.row.number, draft.author_kind, draft.author_id, post.ref)
            if key in drafted:
                places.append(drafted[key])
            elif not _attach(draft, post, unsent):
                outcome = Invalid(field="attachments")
                places.append(-1)
            else:
                _reopen_if_solved(draft, change, rooms)
                drafted[key] = len(change.drafts)
                places.append(drafted[key])
                change.drafts.append(draft)
        else:
            places.append(-1)
        outcomes.append(outcome)
    if not change.drafts:
        return outcomes
    written = record(change, announce=announce)
    _tell(change)
    return [
        Posted(written[place]) if place >= 0 else outcome
        for outcome, place in zip(outcomes, places, strict=True)
    ]


def _existing(ids: set[UUID]) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT public_id FROM tickets_ticket WHERE public_id = ANY(%s)", [list(ids)]
        )
        return {row[0] for row in cursor.fetchall()}


def _decide(
    post: Post,
    row: TicketRow | None,
    held: set[UUID],
    known: dict[tuple[int, str, int, UUID], MessageRow],
) -> tuple[Outcome, Draft | None]:
    if row is None:
        return (None if post.ticket in held else NotFound()), None
    kind, author_id = _author(post.viewer, row)
    if not may_see(post.viewer, row):
        return NotFound(), None
    # The ref is looked up before any other check, so that a retry always gets the first result.
    if first := known.get((row.number, kind, author_id, post.ref)):
        return Posted(first), None
    if refusal := _refusal(post, row):
        return refusal, None
    is_note = post.kind == MessageKind.NOTE
    draft = Draft(
        row, post.kind, kind, author_id,
        row.contact_name if kind == AuthorKind.CONTACT else post.viewer.name,
        post.body, link_html(post.body), post.ref, data=post.data, is_public=not is_note,
    )  # fmt: skip
    return None, draft


def _attach(draft: Draft, post: Post, unsent: dict[UUID, Unsent]) -> bool:
    """False when a file is not there, sent already, or somebody else's: nobody learns which."""
    files = take(post.viewer, post.attachments, unsent) if post.attachments else []
    draft.files = files or []
    return files is not None


def _author(viewer: Staff | Visitor, row: TicketRow) -> tuple[str, int]:
    if isinstance(viewer, Staff):
        return AuthorKind.AGENT, viewer.user_id
    return AuthorKind.CONTACT, row.contact_id


def _refusal(post: Post, row: TicketRow) -> DomainError | None:
    if post.kind == MessageKind.REPLY and row.status == Status.CLOSED:
        return Closed()
    if isinstance(post.viewer, Visitor):
        is_plain = post.kind == MessageKind.REPLY and not post.data
        is_allowed = is_plain and not row.contact_blocked
        return None if is_allowed else NotAllowed()
    is_note = post.kind == MessageKind.NOTE
    if not post.viewer.may(Permission.NOTE if is_note else Permission.REPLY):
        return NotAllowed()
    if is_note and post.data:
        return Invalid(field="choices")
    return None if is_note else _newer(post, row)


def _newer(post: Post, row: TicketRow) -> DomainError | None:
    """Somebody else has written what this agent had not seen when he sent (two answer at once)."""
    by_me = (row.last_public_author, row.last_public_author_id) == _author(post.viewer, row)
    if post.seen_seq is None or row.last_public_seq <= post.seen_seq or by_me:
        return None
    return NewerExists(seq=row.last_public_seq)


def _reopen_if_solved(draft: Draft, change: Change, rooms: dict[int, int]) -> None:
    """A customer who writes again opens his ticket again (R18); so does an agent's reply."""
    row = draft.row
    if draft.kind != MessageKind.REPLY:
        return
    if row.status == Status.SOLVED:
        agent_id = draft.author_id if draft.author_kind == AuthorKind.AGENT else None
        reopen_row(row, change, Reopener(draft.author_kind, agent_id), rooms)
    elif row.status == Status.PENDING and draft.author_kind == AuthorKind.CONTACT:
        row.status = Status.OPEN


def _tell(change: Change) -> None:
    tell_reopened(change)
    for fact in change.facts:
        if fact.name == "first_reply" and fact.actor_id is not None:
            emit(FirstReply(ticket_id=fact.row.number, agent_id=fact.actor_id))
