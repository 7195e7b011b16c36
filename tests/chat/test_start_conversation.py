"""How a conversation begins: nothing is asked twice, and a refusal loses nothing."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from chat.actions.start import start_conversation
from chat.queries.availability import queue_of
from chat.queries.prechat import form_body, form_for
from helpdesk.accounts.viewer import Visitor
from helpdesk.core import clock
from helpdesk.core.errors import Invalid, NotAllowed
from helpdesk.realtime import presence
from helpdesk.realtime.frames import StartFields
from tests import make
from tests.people import People
from tests.tickets.look import facts
from tickets.actions.assign import assign
from tickets.actions.start import Start
from tickets.models import Contact, Inbox, Ticket
from tickets.queries import fetch_ticket_for, tickets_for
from tickets.queries.capacity import loads

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
TOPIC = {
    "key": "topic", "kind": "choice", "label": {"en": "Topic", "pl": "Temat"}, "required": True,
    "choices": [{"value": "order", "label": {"en": "Order", "pl": "Zamówienie"}},
                {"value": "other", "label": {}}],
}  # fmt: skip
FORM: dict[str, Any] = {
    "questions": [
        {"key": "name"},
        {"key": "email", "kind": "email", "required": True},
        {"key": "phone", "kind": "phone"},
        TOPIC,
        {"key": "pieces", "kind": "number"},
        {"key": "second_mail", "kind": "email"},
        {"key": "firm", "kind": "check"},
    ],
    "consent": {"text": {"en": "You may use my data.", "pl": "Zgadzam się."}},
}
GOOD: dict[str, Any] = {"email": "v@example.com", "answers": {"topic": "order"}, "consent": True}


@pytest.fixture
def asking(people: People) -> People:
    ask(people.inbox, FORM)
    return people


def ask(inbox: Inbox, prechat: dict[str, Any], **parts: Any) -> None:
    inbox.settings = {"prechat": prechat, **parts}
    inbox.save()


def begin(viewer: Visitor, body: str = "Hello", **fields: Any) -> Ticket:
    said = StartFields.model_validate({"language": "en", **fields})
    message = start_conversation(Start(viewer, fields.pop("ref", uuid4()), body, "en"), said)
    return Ticket.objects.get(public_id=message.ticket)


def asked(viewer: Visitor, language: str = "en") -> Any:
    inbox = Inbox.objects.get(pk=viewer.inbox_id)
    contact = Contact.objects.get(pk=viewer.contact_id)
    return form_body(form_for(viewer, inbox, contact), language)


def keys(form: Any) -> list[str]:
    return [question["key"] for question in form["questions"]]


def test_what_is_said_is_kept_where_it_belongs(asking: People) -> None:
    answers = {"topic": "order", "pieces": "3", "firm": "true", "shoe_size": "44"}
    with clock.moved_to(NOON):
        ticket = begin(
            asking.vera, name=" Vera  Vega ", email="V@Example.com", phone="0532 123 45 67",
            answers=answers, consent=True, stage="before", language="tr",
        )  # fmt: skip
    contact = ticket.contact
    assert (contact.name, contact.email) == ("Vera Vega", "v@example.com")
    assert contact.phone == "+905321234567"
    assert [(one["key"], one["label"], one["value"], one["text"]) for one in ticket.answers] == [
        ("topic", "Topic", "order", "Order"),
        ("pieces", "pieces", "3", "3"),
        ("firm", "firm", "true", ticket.answers[2]["text"]),
    ]
    assert (ticket.stage, ticket.via) == ("before", "chat")
    assert contact.consents == [
        {"text": "You may use my data.", "inbox": str(asking.inbox.public_id),
         "at": "2026-11-25T12:00:00.000Z"}
    ]  # fmt: skip


def test_the_form_speaks_the_visitors_language(asking: People) -> None:
    form = asked(asking.vera, "pl")
    topic = form["questions"][3]
    assert (topic["label"], topic["required"]) == ("Temat", True)
    assert [choice["label"] for choice in topic["choices"]] == ["Zamówienie", "other"]
    assert form["questions"][0] == {
        "key": "name", "kind": "text", "label": "", "required": False, "choices": [],
    }  # fmt: skip
    assert form["consent"] == {"text": "Zgadzam się.", "required": True}
    assert asked(asking.vera, "tr")["consent"]["text"] == "You may use my data."


def test_nothing_is_asked_twice(asking: People) -> None:
    assert keys(asked(asking.vera)) == [question["key"] for question in FORM["questions"]]
    begin(asking.vera, **GOOD)
    assert asked(asking.vera) is None
    assert begin(asking.vera, "Me again").answers == []
    ask(asking.inbox, {**FORM, "questions": [*FORM["questions"], {"key": "order", "required": 1}]})
    assert keys(asked(asking.vera)) == ["order"]
    ask(asking.inbox, {**FORM, "consent": {"text": {"en": "You may sell my data."}}})
    assert asked(asking.vera)["consent"]["text"] == "You may sell my data."


def test_who_is_verified_is_asked_nothing(asking: People) -> None:
    verified = replace(asking.vera, verified=True)
    assert asked(verified) is None
    assert begin(verified).status == "open"


def test_a_form_that_is_off_asks_and_keeps_nothing(people: People) -> None:
    ask(people.inbox, {**FORM, "is_on": False})
    assert asked(people.vera) is None
    ticket = begin(people.vera, email="v@example.com", answers={"topic": "order"})
    assert ticket.answers == []


REFUSED = [
    ("email", {"email": ""}),
    ("email", {"email": "nobody"}),
    ("phone", {"phone": "12"}),
    ("phone", {"phone": "call me"}),
    ("topic", {"answers": {}}),
    ("topic", {"answers": {"topic": "lamps"}}),
    ("pieces", {"answers": {"topic": "order", "pieces": "many"}}),
    ("second_mail", {"answers": {"topic": "order", "second_mail": "x@"}}),
    ("firm", {"answers": {"topic": "order", "firm": "perhaps"}}),
    ("consent", {"consent": False}),
]


@pytest.mark.parametrize(("field", "change"), REFUSED)
def test_a_refusal_names_the_field_and_keeps_nothing(
    asking: People, field: str, change: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as refused:
        begin(asking.vera, **GOOD | {"name": "Vera"} | change)
    assert refused.value.details == {"field": field}
    contact = Contact.objects.get(pk=asking.vera.contact_id)
    assert (contact.name, contact.consents, Ticket.objects.count()) == ("", [], 0)


def test_a_retry_gets_the_first_result_whatever_is_asked_by_now(asking: People) -> None:
    ref = uuid4()
    said = StartFields.model_validate({"language": "en", **GOOD})
    first = start_conversation(Start(asking.vera, ref, "Hello"), said)
    ask(asking.inbox, {**FORM, "questions": [{"key": "order", "required": True}]})
    again = start_conversation(Start(asking.vera, ref, "Hello"), said)
    assert (again.id, Ticket.objects.count()) == (first.id, 1)


def test_a_required_box_must_be_ticked(people: People) -> None:
    ask(people.inbox, {"questions": [{"key": "adult", "kind": "check", "required": True}]})
    for answers in ({}, {"adult": "false"}):
        with pytest.raises(Invalid):
            begin(people.vera, answers=answers)
    assert begin(people.vera, answers={"adult": "true"}).answers[0]["value"] == "true"


def test_consent_that_is_not_required_may_be_withheld(people: People) -> None:
    ask(people.inbox, {"questions": [], "consent": {"text": {"en": "News?"}, "required": False}})
    assert begin(people.vera, consent=False).contact.consents == []
    assert begin(people.viktor, consent=True).contact.consents[0]["text"] == "News?"
    assert asked(people.vera) is None


def test_another_address_is_shown_and_replaces_nothing(people: People) -> None:
    begin(people.vera, email="first@example.com")
    ticket = begin(people.vera, email="second@example.com")
    assert ticket.contact.email == "first@example.com"
    assert [(one["key"], one["value"]) for one in ticket.answers] == [
        ("email", "second@example.com")
    ]


def test_a_left_message_waits_for_no_slot(people: People) -> None:
    presence.renew(agents=[people.alice.pk])
    ticket = begin(people.vera, via="message", email="v@example.com")
    assert (ticket.via, ticket.assignee_id, ticket.queued_at) == ("message", None, None)
    assert (ticket.team_id, ticket.status) == (people.support.pk, "open")
    assert ticket.waiting_since is not None
    row = tickets_for(make.viewer(people.alice), "t.number = %s", [ticket.pk])[0]
    assert queue_of(row) is None
    assign(make.viewer(people.alice), row.id, agent_id=people.alice.pk)
    assert loads()[people.alice.pk][0] == 0
    assign(make.viewer(people.mona), row.id, agent_id=None)
    assert Ticket.objects.get().queued_at is None


def test_a_chat_goes_to_an_agent_at_once(people: People) -> None:
    presence.renew(agents=[people.alice.pk])
    ticket = begin(people.vera)
    assert ticket.assignee_id == people.alice.pk
    assert "assigned" in facts(fetch_ticket_for(people.vera, ticket.public_id))


def test_a_message_needs_an_address_for_the_answer(people: People) -> None:
    with pytest.raises(Invalid) as refused:
        begin(people.vera, via="message")
    assert refused.value.details == {"field": "email"}
    Contact.objects.filter(pk=people.vera.contact_id).update(email="v@example.com")
    assert begin(people.vera, via="message").via == "message"


def test_a_message_needs_consent_but_no_form(asking: People) -> None:
    with pytest.raises(Invalid) as refused:
        begin(asking.vera, via="message", email="v@example.com")
    assert refused.value.details == {"field": "consent"}
    assert begin(asking.vera, via="message", email="v@example.com", consent=True)


def test_no_message_where_none_is_taken(people: People) -> None:
    ask(people.inbox, {}, absence={"leave_message": False})
    with pytest.raises(NotAllowed):
        begin(people.vera, via="message", email="v@example.com")
