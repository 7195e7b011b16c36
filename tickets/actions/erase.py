"""A person is forgotten: his rows stay, so that counts and numbers hold, and say nothing of him.

What our own people wrote stays as it is, as do the facts. Every step may be repeated, so an erasure
that a crash has cut short is finished by asking for it again.
"""

from uuid import uuid4

from django.db import connection

from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.viewer import Staff
from helpdesk.core.jsonio import dumps
from helpdesk.core.retry import atomic_with_retry
from helpdesk.realtime.entry import Entry
from helpdesk.realtime.outbox import announce
from tickets.actions.record import Change, Fact, lock_rows, record
from tickets.models import (
    Attachment,
    AuthorKind,
    Callback,
    Contact,
    Message,
    MessageKind,
    Ticket,
    TicketEvent,
)
from tickets.queries.messages import page_before
from tickets.queries.rows import TicketRow
from tickets.queries.topics import ticket_topic

# The same in every language, and nobody's own words.
DELETED = "[deleted]"
FACT = "erased"
# Tickets at once: nobody holds more of them.
SLICE = 50
EMPTIED = ("name", "email", "phone", "language", "time_zone", "preferred_channel", "notes")
# What an event says of him: his number, the page he was on, his comment on a rating.
EMPTY_EVENTS = """
    UPDATE tickets_message m SET data = (SELECT jsonb_object_agg(key, CASE
        WHEN key IN ('phone', 'page', 'comment') THEN '""'::jsonb ELSE value END)
        FROM jsonb_each(m.data))
    WHERE ticket_id = ANY(%s) AND kind = 'event' AND data ?| ARRAY['phone', 'page', 'comment']
"""


@atomic_with_retry
def empty_contact(viewer: Staff, contact_id: int) -> None:
    """Nothing of the person himself is left, and no address of his leads here. Whether he is
    blocked stays. Raises NotAllowed."""
    viewer.must(Permission.MANAGE)
    contact = Contact.objects.select_for_update(no_key=True).get(pk=contact_id)
    for name in EMPTIED:
        setattr(contact, name, "")
    contact.attributes, contact.consents = {}, []
    contact.save()
    for identity in contact.identities.all():
        identity.address, identity.verified_at = f"erased:{uuid4()}", None
        identity.save(update_fields=["address", "verified_at"])


def erase_tickets(viewer: Staff, contact_id: int) -> None:
    """Raises NotAllowed."""
    viewer.must(Permission.MANAGE)
    Attachment.objects.filter(identity__contact_id=contact_id, message=None).delete()
    last = 0
    while (erased := _erase_slice(viewer, contact_id, last)) is not None:
        last = erased


@atomic_with_retry
def _erase_slice(viewer: Staff, contact_id: int, after: int) -> int | None:
    """The highest number of the slice; None when none is left."""
    numbers = Ticket.objects.filter(contact_id=contact_id, number__gt=after).order_by("number")
    rows = lock_rows("t.number = ANY(%s)", [list(numbers.values_list("pk", flat=True)[:SLICE])])
    if not rows:
        return None
    held = [row.number for row in rows]
    _empty_messages(held)
    Ticket.objects.filter(pk__in=held).update(subject="", visit={}, answers=[])
    Callback.objects.filter(ticket_id__in=held).update(phone="")
    for row in rows:
        _empty_row(row)
    told = set(
        TicketEvent.objects.filter(ticket_id__in=held, name=FACT).values_list(
            "ticket_id", flat=True
        )
    )
    facts = [
        Fact(row, FACT, AuthorKind.AGENT, viewer.user_id) for row in rows if row.number not in told
    ]
    record(Change(touched=rows, facts=facts))
    _announce_messages(rows)
    return held[-1]


def _empty_messages(tickets: list[int]) -> None:
    """His own, and their files, which go from where they are stored as their rows do."""
    his = Message.objects.filter(ticket_id__in=tickets, author_kind=AuthorKind.CONTACT)
    Attachment.objects.filter(message__in=his).delete()
    his.filter(kind=MessageKind.REPLY).update(body=DELETED, html="", author_name=DELETED, data={})
    his.exclude(kind=MessageKind.REPLY).update(author_name=DELETED)
    with connection.cursor() as cursor:
        cursor.execute(EMPTY_EVENTS, [tickets])


def _empty_row(row: TicketRow) -> None:
    row.subject = ""
    if row.last_author == AuthorKind.CONTACT:
        row.last_preview = DELETED
    if row.last_public_author == AuthorKind.CONTACT:
        row.last_public_preview = DELETED


def _announce_messages(rows: list[TicketRow]) -> None:
    """For threads that are on a screen now: the page that they show."""
    for row in rows:
        messages, _more = page_before(row, None, public=False)
        bodies = [
            {"type": "message.updated", "ticket": row.id, "message": message}
            for message in messages
        ]
        announce([Entry((ticket_topic(row.id),), dumps(body).decode()) for body in bodies])
