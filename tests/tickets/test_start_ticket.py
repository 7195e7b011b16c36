"""A customer opens a ticket."""

from uuid import uuid4

import pytest

from helpdesk.accounts.viewer import Visitor
from helpdesk.core import clock
from helpdesk.core.errors import NotAllowed
from tests.people import People
from tests.tickets.look import facts
from tickets.actions.start import Start, clean_visit, start_ticket
from tickets.models import Contact, Message, Ticket


def start(visitor: Visitor, ref=None, body="Hello"):
    return start_ticket(Start(visitor, ref or uuid4(), body, "tr", {"url": "https://shop/x"}))


def test_it_stands_in_the_queue_with_its_first_message(people: People) -> None:
    row, message = start(people.vera)
    ticket = Ticket.objects.get(pk=row.number)
    assert (ticket.status, ticket.team_id, ticket.assignee_id) == ("open", people.support.pk, None)
    assert ticket.queued_at is not None
    assert (ticket.last_seq, ticket.last_public_seq, ticket.inbound_count) == (2, 2, 1)
    assert (ticket.last_preview, ticket.language) == ("Hello", "tr")
    assert list(Message.objects.order_by("seq").values_list("seq", "kind", "is_public")) == [
        (1, "event", False),
        (2, "reply", True),
    ]
    assert message.seq == 2


def test_the_same_ref_opens_it_once(people: People) -> None:
    ref = uuid4()
    first, again = start(people.vera, ref), start(people.vera, ref, "changed")
    assert first[0].id == again[0].id
    assert first[1].id == again[1].id
    assert Ticket.objects.count() == 1


def test_anothers_ref_gives_nothing_away(people: People) -> None:
    ref = uuid4()
    mine, theirs = start(people.vera, ref), start(people.viktor, ref)
    assert mine[0].id != theirs[0].id


def test_a_blocked_contact_is_refused(people: People) -> None:
    Contact.objects.filter(pk=people.vera.contact_id).update(blocked_at=clock.now())
    with pytest.raises(NotAllowed):
        start(people.vera)
    assert Ticket.objects.count() == 0


def test_a_retry_gets_the_first_ticket_even_if_blocked_since(people: People) -> None:
    ref = uuid4()
    first = start(people.vera, ref)
    Contact.objects.filter(pk=people.vera.contact_id).update(blocked_at=clock.now())
    again = start(people.vera, ref)
    assert (again[0].id, again[1].id) == (first[0].id, first[1].id)


def test_fifty_times_is_once(people: People) -> None:
    ref = uuid4()
    answers = [start(people.vera, ref, f"{n}") for n in range(50)]
    assert len({(row.id, message.id, message.seq, message.body) for row, message in answers}) == 1
    assert (Ticket.objects.count(), Message.objects.count()) == (1, 2)
    assert facts(answers[0][0]) == ["started"]


def test_what_a_stranger_says_of_his_page_is_cleaned() -> None:
    page = {"url": "https://shop/\x00x", "title": "a\u202e\nb" * 400, "cart": "no", "referrer": ""}
    visit = clean_visit(page)
    assert visit.keys() == {"url", "title"}
    assert visit["url"] == "https://shop/x"
    assert len(visit["title"]) == 500
    assert "\n" not in visit["title"]
    assert "\u202e" not in visit["title"]
