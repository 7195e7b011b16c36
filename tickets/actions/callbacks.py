"""A customer asks to be called; somebody of us has called, or will not (R5).

Reminders of a call that is due come with their own issue; its rows wait, indexed by `callback_due`.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.viewer import Staff, Visitor
from helpdesk.core import clock
from helpdesk.core.errors import Closed, Invalid, NotAllowed, NotFound, TooMany
from helpdesk.core.retry import atomic_with_retry
from helpdesk.core.text import link_html
from tickets.actions.fetch import lock_ticket_for
from tickets.actions.identities import lock_contact
from tickets.actions.leave import step_out
from tickets.actions.record import Change, Draft, Fact, record
from tickets.actions.reopen import Reopener, reopen_row, rooms_of_owners, tell_reopened
from tickets.actions.start import Start, find_started, start_ticket
from tickets.models import AuthorKind, Callback, CallbackState, Contact, Inbox, MessageKind, Via
from tickets.models.ticket import Status
from tickets.queries.callbacks import callback_body, is_offered
from tickets.queries.messages import find_by_refs
from tickets.queries.rows import TicketRow

OPEN_LIMIT = 3


@dataclass(slots=True)
class Wish:
    """When to call whom; `phone` is E.164, `note` is clean, `ticket` None opens a new one."""

    viewer: Visitor
    ref: UUID
    phone: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    note: str = ""
    ticket: UUID | None = None
    language: str = ""


@atomic_with_retry
def request_callback(wish: Wish) -> tuple[TicketRow, Callback]:
    """The ticket and the wish on it, new or the one this `ref` made. An earlier one of the same
    ticket gives way, and who waits in the queue waits there no more.

    Raises NotFound, Closed, NotAllowed, TooMany, Busy, Invalid (that time is not offered).
    """
    viewer = wish.viewer
    contact = lock_contact(viewer)
    rows = _known_tickets(wish)
    if made := _made_before(wish, rows):
        return made
    inbox = Inbox.objects.select_related("calendar").get(pk=viewer.inbox_id)
    _check(wish, inbox, contact)
    contact.phone = contact.phone or wish.phone
    contact.save(update_fields=["phone"])
    change = Change()
    row = _go_on(rows[0], wish, change) if rows else _open(wish)
    _give_way(row, change)
    callback = Callback.objects.create(
        ticket_id=row.number, phone=wish.phone, starts_at=wish.starts_at, ends_at=wish.ends_at,
        time_zone=wish.time_zone, created_at=clock.now(),
    )  # fmt: skip
    _note(row, callback, change, by=Author(AuthorKind.CONTACT, viewer.contact_id), ref=_ref(wish))
    row.waiting_since = row.waiting_since or clock.now()
    record(change)
    tell_reopened(change)
    return row, callback


@atomic_with_retry
def finish_callback(viewer: Staff, ticket: UUID, callback_id: int, state: str) -> TicketRow:
    """Somebody has called (done), or nobody will (cancelled); twice is once.

    Raises NotFound, NotAllowed, Invalid (it has ended otherwise).
    """
    viewer.must(Permission.REPLY)
    row = lock_ticket_for(viewer, ticket)
    callback = Callback.objects.filter(pk=callback_id, ticket_id=row.number).first()
    if callback is None:
        raise NotFound
    if callback.state == state:
        return row
    if callback.state != CallbackState.REQUESTED:
        raise Invalid(_("This call is settled already."))
    change = Change()
    _settle(row, callback, state, change, by=Author(AuthorKind.AGENT, viewer.user_id, viewer.name))
    record(change)
    return row


@dataclass(frozen=True, slots=True)
class Author:
    kind: str
    id: int
    name: str = ""

    @property
    def user_id(self) -> int | None:
        return self.id if self.kind == AuthorKind.AGENT else None


def _ref(wish: Wish) -> UUID:
    """The event's own: with the wish's, a note of the customer is kept."""
    return uuid5(wish.ref, "callback")


def _known_tickets(wish: Wish) -> list[TicketRow]:
    """The ticket he names, locked; or the one that this `ref` has opened, or none."""
    if wish.ticket is not None:
        return [lock_ticket_for(wish.viewer, wish.ticket)]
    return [row for row, _ in find_started(Start(wish.viewer, wish.ref, ""))]


def _made_before(wish: Wish, rows: list[TicketRow]) -> tuple[TicketRow, Callback] | None:
    found = find_by_refs([(Start(wish.viewer, _ref(wish), ""), row) for row in rows])
    for message in found.values():
        return rows[0], Callback.objects.get(pk=message.data["id"])
    return None


def _check(wish: Wish, inbox: Inbox, contact: Contact) -> None:
    if not inbox.chat.absence.callback or contact.blocked_at:
        raise NotAllowed
    if not is_offered(inbox, wish.starts_at, wish.ends_at):
        message = _("This time is not on offer any more. Please choose another one.")
        raise Invalid(message, field="starts_at")
    others = Callback.objects.filter(
        ticket__identity_id=wish.viewer.identity_id, state=CallbackState.REQUESTED
    )
    if wish.ticket is not None:
        others = others.exclude(ticket__public_id=wish.ticket)
    if others.count() >= OPEN_LIMIT:
        raise TooMany


def _open(wish: Wish) -> TicketRow:
    body = wish.note or _("Please call me.")
    start = Start(wish.viewer, wish.ref, body, wish.language, via=Via.CALLBACK)
    return start_ticket(start)[0]


def _go_on(row: TicketRow, wish: Wish, change: Change) -> TicketRow:
    """The same ticket goes on by phone. Raises Closed."""
    if row.status == Status.CLOSED:
        raise Closed
    if row.status == Status.SOLVED:
        reopen_row(row, change, Reopener(AuthorKind.CONTACT), rooms_of_owners([row]))
    row.status = Status.OPEN
    if row.queued_at is not None:
        step_out(row, change)
        row.via = Via.CALLBACK
    if wish.note:
        change.drafts.append(
            Draft(row, MessageKind.REPLY, AuthorKind.CONTACT, wish.viewer.contact_id,
                  row.contact_name, wish.note, link_html(wish.note), wish.ref)
        )  # fmt: skip
    return row


def _give_way(row: TicketRow, change: Change) -> None:
    """Who chooses another time is not called twice."""
    earlier = Callback.objects.filter(ticket_id=row.number, state=CallbackState.REQUESTED)
    for callback in earlier.order_by("pk"):
        _settle(row, callback, CallbackState.CANCELLED, change, by=Author(AuthorKind.SYSTEM, 0))


def _settle(row: TicketRow, callback: Callback, state: str, change: Change, *, by: Author) -> None:
    callback.state = state
    callback.save(update_fields=["state"])
    _note(row, callback, change, by=by)


def _note(
    row: TicketRow, callback: Callback, change: Change, *, by: Author, ref: UUID | None = None
) -> None:
    """The event in the thread, which the customer sees too, and the fact."""
    name = row.contact_name if by.kind == AuthorKind.CONTACT else by.name
    change.drafts.append(
        Draft(row, MessageKind.EVENT, by.kind, by.id, name, ref=ref, event="callback",
              data=callback_body(callback) | {"by_name": by.name})
    )  # fmt: skip
    data = {"id": callback.pk, "state": callback.state}
    change.facts.append(Fact(row, "callback", by.kind, by.user_id, data))
