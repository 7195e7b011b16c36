"""Who would rather not wait leaves, or leaves a message; only while nobody has taken his chat."""

from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from helpdesk.accounts.viewer import Visitor
from surveys.models import Invitation
from tests import make
from tests.people import People
from tests.tickets.look import facts, said, stored
from tickets.actions.assign import assign
from tickets.models import Contact, Inbox, TicketEvent
from tickets.queries.queue import positions
from tickets.queries.rows import TicketRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(people: People) -> TicketRow:
    make.ticket(people.viktor)
    return make.ticket(people.vera)


def post(people: People, row: TicketRow, verb: str, body: Any = None) -> HttpResponse:
    return Client().post(
        f"/widget/{people.inbox.public_id}/tickets/{row.id}/{verb}/",
        body or {},
        content_type="application/json",
        headers={"Authorization": f"Bearer {people.vera_token}"},
    )


def left(people: People, row: TicketRow) -> HttpResponse:
    return post(people, row, "end", {"reason": "left"})


def test_leaving_the_queue(people: People, waiting: TicketRow) -> None:
    answer = left(people, waiting).json()
    assert answer["row"]["status"] == "solved"
    found = stored(waiting)
    assert (found.queued_at, found.waiting_since) == (None, None)
    assert facts(waiting) == ["started", "left_queue", "solved"]
    wait = TicketEvent.objects.get(name="left_queue").data
    assert (wait["queue"], wait["waited"] >= 0) == (people.support.pk, True)
    assert [place for _ticket, _visitor, place in positions()] == [1]
    assert left(people, waiting).json() == answer
    assert not Invitation.objects.exists()


def test_agents_are_told_why_and_he_is_not(people: People, waiting: TicketRow) -> None:
    left(people, waiting)
    headers = {"Authorization": f"Bearer {people.vera_token}"}
    base = f"/widget/{people.inbox.public_id}/tickets/{waiting.id}/"
    told = Client().get(base, headers=headers).json()["messages"][-1]["event"]
    assert told == {"name": "solved", "data": {"by": "contact", "name": ""}}
    agent = Client()
    agent.force_login(people.alice)
    shown = agent.get(f"/console/api/tickets/{waiting.id}/").json()["messages"][-1]["event"]
    assert shown["data"]["reason"] == "left"


def test_a_chat_becomes_a_message(people: People, waiting: TicketRow) -> None:
    answer = post(people, waiting, "to-message", {"email": " V@Example.com "}).json()
    assert (answer["row"]["via"], answer["row"]["status"]) == ("message", "open")
    found = stored(waiting)
    assert (found.queued_at, found.contact.email) == (None, "v@example.com")
    assert found.waiting_since is not None
    assert facts(waiting) == ["started", "left_queue"]
    assert said(waiting)[2:] == ["to_message"]
    again = post(people, waiting, "to-message", {"email": "v@example.com"})
    assert again.json() == answer
    assert said(waiting)[2:] == ["to_message"]


def test_the_last_address_gets_the_answer_but_a_vouched_for_one_stays(
    people: People, waiting: TicketRow
) -> None:
    Contact.objects.filter(pk=people.vera.contact_id).update(email="old@example.com")
    post(people, waiting, "to-message", {"email": "new@example.com"})
    assert email_of(people.vera) == "new@example.com"
    vouch_for(people.vera)
    other = make.ticket(people.vera)
    assert post(people, other, "to-message", {"email": "else@example.com"}).status_code == 200
    assert email_of(people.vera) == "new@example.com"


def email_of(visitor: Visitor) -> str:
    return Contact.objects.get(pk=visitor.contact_id).email


def vouch_for(visitor: Visitor) -> None:
    contact = Contact.objects.get(pk=visitor.contact_id)
    contact.identities.update(verified_at=contact.created_at)


@pytest.mark.parametrize(("verb", "body"), [
    ("end", {"reason": "left"}), ("to-message", {"email": "v@example.com"}),
])  # fmt: skip
def test_not_once_somebody_has_taken_it(
    people: People, waiting: TicketRow, verb: str, body: dict[str, str]
) -> None:
    assign(make.viewer(people.alice), waiting.id, agent_id=people.alice.pk)
    answer = post(people, waiting, verb, body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "taken")
    found = stored(waiting)
    assert (found.status, found.via, found.assignee_id) == ("open", "chat", people.alice.pk)


def test_what_never_waited_has_no_queue_to_leave(people: People) -> None:
    row = make.ticket(people.vera, via="callback")
    for verb, body in (("end", {"reason": "left"}), ("to-message", {"email": "v@example.com"})):
        answer = post(people, row, verb, body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")
    assert (stored(row).status, stored(row).via) == ("open", "callback")


@pytest.mark.parametrize("email", ["", "  ", "nobody", 7, None, ["v@example.com"]])
def test_a_message_needs_an_address(people: People, waiting: TicketRow, email: Any) -> None:
    answer = post(people, waiting, "to-message", {"email": email})
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "email")
    assert stored(waiting).via == "chat"


def test_a_known_address_need_not_be_said_again(people: People, waiting: TicketRow) -> None:
    Contact.objects.filter(pk=people.vera.contact_id).update(email="v@example.com")
    assert post(people, waiting, "to-message").json()["row"]["via"] == "message"


def test_no_message_where_none_is_taken_or_the_chat_is_over(
    people: People, waiting: TicketRow
) -> None:
    Inbox.objects.update(settings={"absence": {"leave_message": False}})
    refused = post(people, waiting, "to-message", {"email": "v@example.com"})
    assert refused.status_code == 403
    Inbox.objects.update(settings={})
    left(people, waiting)
    over = post(people, waiting, "to-message", {"email": "v@example.com"})
    assert over.json()["error"]["code"] == "closed"


@pytest.mark.parametrize("verb", ["end", "to-message"])
def test_anothers_chat_is_not_his_to_leave(people: People, verb: str) -> None:
    theirs = make.ticket(people.viktor)
    for row in (theirs, make.ticket(make.visitor(make.inbox())[0])):
        answer = post(people, row, verb, {"reason": "left", "email": "v@example.com"})
        assert answer.status_code == 404
        assert stored(row).queued_at is not None


@pytest.mark.parametrize("reason", ["bored", 7, None, ["left"]])
def test_an_end_for_no_reason_we_know(people: People, waiting: TicketRow, reason: Any) -> None:
    assert post(people, waiting, "end", {"reason": reason}).status_code == 400
    assert stored(waiting).status == "open"


def test_the_doors_take_no_other_verb(people: People, waiting: TicketRow) -> None:
    headers = {"Authorization": f"Bearer {people.vera_token}"}
    base = f"/widget/{people.inbox.public_id}/tickets/{waiting.id}"
    assert Client().get(f"{base}/to-message/", headers=headers).status_code == 405
    assert Client().post(f"{base}/queue/", headers=headers).status_code == 405
    unknown = f"/widget/{people.inbox.public_id}/tickets/{uuid4()}/queue/"
    assert (
        Client().get(unknown, headers=headers | {"Accept": "application/json"}).status_code == 404
    )
