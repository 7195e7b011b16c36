"""A visitor who would rather not wait, and an agent who takes his chat at that very moment."""

from collections import Counter
from uuid import uuid4

import pytest

from chat.actions.callbacks import ask_for_call
from chat.actions.leave import leave_message
from chat.actions.start import start_conversation
from helpdesk.core.errors import Closed, DomainError, Taken
from helpdesk.realtime import presence
from helpdesk.realtime.frames import StartFields
from tests import make
from tests.people import People
from tests.races.crowd import assert_counted, assert_numbered_without_gaps
from tests.races.threads import race
from tickets.actions.leave import leave_queue
from tickets.actions.route import route_ticket
from tickets.actions.start import Start
from tickets.models import Callback, Contact, Inbox, Ticket
from tickets.queries.rows import TicketRow

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROUNDS = 12


def outcome(act: object) -> str:
    try:
        act()
    except DomainError as error:
        return error.code
    return "done"


def test_a_chat_is_left_or_taken_never_both(people: People) -> None:
    presence.renew(agents=[people.alice.pk])
    for turn in range(ROUNDS):
        visitor, _token = make.visitor(people.inbox)
        row = make.ticket(visitor)
        leave = (
            (lambda v=visitor, r=row: leave_queue(v, r.id))
            if turn % 2
            else (lambda v=visitor, r=row: leave_message(v, r.id, "v@example.com"))
        )
        _routed, said = race(lambda r=row: route_ticket(r.id), lambda act=leave: outcome(act))
        found = Ticket.objects.get(pk=row.number)
        assert found.queued_at is None
        if said == "done":
            assert found.assignee_id is None
            assert (found.status, found.via) in {("solved", "chat"), ("open", "message")}
        else:
            assert said == Taken.code
            assert (found.status, found.via, found.assignee_id) == (
                "open", "chat", people.alice.pk,
            )  # fmt: skip
            Ticket.objects.filter(pk=row.number).update(status="solved")
    assert_numbered_without_gaps()


def test_a_call_that_is_asked_for_by_all_his_tabs_is_one(people: People) -> None:
    row = make.ticket(people.vera)
    for ticket in (None, row):
        wish = make.wish(people.vera, ticket)
        asked = race(*[lambda w=wish: ask_for_call(w, "Vera") for _ in range(6)])
        assert len({(told.id, call.pk) for told, call in asked}) == 1
    assert Counter(Callback.objects.values_list("state", flat=True)) == {"requested": 2}
    assert Ticket.objects.count() == 2
    assert_numbered_without_gaps()
    assert_counted()


def test_a_beginning_that_is_sent_twice_agrees_once(people: People) -> None:
    asking = {"prechat": {"questions": [], "consent": {"text": {"en": "I agree."}}}}
    Inbox.objects.update(settings=asking)
    said = StartFields(language="en", email="v@example.com", consent=True)
    starts = [Start(people.vera, uuid4(), "Hello", "en") for _ in range(2)]
    begun = race(*[lambda s=s: start_conversation(s, said) for s in starts * 3])
    assert len({message.ticket for message in begun}) == Ticket.objects.count() == 2
    assert len(Contact.objects.get(pk=people.vera.contact_id).consents) == 1
    assert_numbered_without_gaps()


def test_leaving_twice_at_once(people: People) -> None:
    row = make.ticket(people.vera)
    told = race(
        *[lambda: outcome(lambda: leave_queue(people.vera, row.id)) for _ in range(3)],
        *[lambda: outcome(lambda: leave_message(people.vera, row.id, "v@example.com"))] * 3,
    )
    assert set(told) <= {"done", Closed.code, "invalid"}
    check(row)


def check(row: TicketRow) -> None:
    found = Ticket.objects.get(pk=row.number)
    assert found.queued_at is None
    assert_numbered_without_gaps()
