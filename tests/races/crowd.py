"""Many tickets that wait, and what must hold of tickets whatever was raced."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Q

from helpdesk.core import clock
from tests import make
from tests.people import People
from tickets.models import Message, Ticket
from tickets.queries.capacity import loads


def waiting(people: People, number: int, **columns: object) -> list[UUID]:
    """Queued tickets like a fresh one, in one statement."""
    model = Ticket.objects.get(pk=make.ticket(people.vera).number)
    skipped = {"number", "public_id", "start_ref", "queued_at", "last_seq", "last_public_seq"}
    values = {
        field.attname: getattr(model, field.attname)
        for field in Ticket._meta.concrete_fields
        if field.attname not in skipped
    } | columns
    model.delete()
    now = clock.now()
    made = Ticket.objects.bulk_create(
        Ticket(**values, queued_at=now - timedelta(seconds=number - n)) for n in range(number)
    )
    return [ticket.public_id for ticket in made]


def assert_nobody_is_over_capacity() -> None:
    assert {user: (load, chats) for user, (load, chats) in loads().items() if load > chats} == {}


def assert_numbered_without_gaps() -> None:
    """`seq` from 1 on, `prev` is the public one before, and the columns say what the rows say."""
    for ticket in Ticket.objects.all():
        expected, public, moment = 0, 0, ticket.created_at
        for message in Message.objects.filter(ticket=ticket).order_by("seq"):
            expected += 1
            assert (message.seq, message.prev) == (expected, public)
            public = message.seq if message.is_public else public
            assert message.created_at >= moment
            moment = message.created_at
        assert (ticket.last_seq, ticket.last_public_seq) == (expected, public)


def assert_counted() -> None:
    counted = Ticket.objects.annotate(
        ins=Count("messages", Q(messages__kind="reply", messages__author_kind="contact")),
        outs=Count("messages", Q(messages__kind="reply", messages__author_kind="agent")),
    )
    for ticket in counted:
        assert (ticket.inbound_count, ticket.outbound_count) == (ticket.ins, ticket.outs)
