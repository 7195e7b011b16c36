"""What is kept of a visitor, who may read it, and that it goes when he asks."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from redis import Redis

from chat.actions.erase import ask_for_erasure, erase
from chat.actions.identity_keys import create_key
from chat.actions.page import note_page
from chat.models import ErasureRequest, Transcript
from chat.views import identity, privacy
from helpdesk.core.errors import NotAllowed, NotSignedIn
from helpdesk.realtime.pool import run_db
from helpdesk.realtime.redis import key as redis_key
from surveys.actions import answer, offer_survey
from surveys.models import Invitation
from tests import make
from tests.people import People
from tests.support.shop import Browser, sign
from tests.support.sockets import Socket
from tickets.actions.post import Post, post_message
from tickets.actions.solve import solve
from tickets.models import Attachment, Callback, Contact, Identity, Message, Ticket, TicketEvent
from tickets.queries.rows import TicketRow

pytestmark = pytest.mark.django_db
SECRET = "cormorant"


@pytest.fixture
def browser(people: People) -> Browser:
    return Browser(people.inbox, people.vera_token)


@pytest.fixture
def manager(people: People) -> Client:
    client = Client()
    client.force_login(people.mona)
    return client


def tell_everything(people: People) -> TicketRow:
    """A conversation with the secret in whatever is Vera's, and our people's words beside it."""
    contact = Contact.objects.get(pk=people.vera.contact_id)
    contact.name, contact.email = SECRET.title(), f"{SECRET}@example.com"
    contact.phone, contact.notes, contact.time_zone = "+48601234567", SECRET, "Europe/Warsaw"
    contact.attributes = {"signed": {"plan": SECRET}, "page": {"cart": SECRET}}
    contact.consents = [{"text": SECRET, "inbox": str(people.inbox.public_id), "at": "2026-01-01"}]
    contact.save()
    visit = {"url": f"https://shop.example/{SECRET}", "title": SECRET}
    row = make.ticket(people.vera, f"I am {SECRET} https://{SECRET}.example", visit=visit)
    Ticket.objects.update(answers=[{"key": "a", "label": "Q", "value": SECRET, "text": SECRET}])
    alice = make.viewer(people.alice)
    make.reply(alice, row, "Our own words")
    make.note(alice, row, "Our own note")
    files = [make.file(people.vera, f"{SECRET}.png", make.picture()).id]
    post_message(Post(people.vera, row.id, uuid4(), f"See, {SECRET}", attachments=files))
    make.file(people.vera, f"{SECRET}.txt")
    Callback.objects.create(
        ticket_id=row.number, phone="+48601234567", starts_at=row.created_at,
        ends_at=row.created_at, time_zone="UTC",
    )  # fmt: skip
    Transcript.objects.create(
        ticket_id=row.number, identity_id=people.vera.identity_id, language="en",
        email=f"{SECRET}@example.com",
    )  # fmt: skip
    solve(people.vera, row.id)
    offer_survey(row.number)
    answer(people.vera, Invitation.objects.get().public_id, score=2, comment=SECRET)
    note_page(people.vera, visit)
    return row


# ---- a copy -----------------------------------------------------------------------------------


def test_he_gets_a_copy_of_what_is_his(people: People, browser: Browser) -> None:
    tell_everything(people)
    make.ticket(people.viktor, "Of somebody else")
    response = browser.ask("GET", "export/")
    assert response.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    told = response.json()
    assert told["complete"] is True
    assert told["you"]["email"] == f"{SECRET}@example.com"
    assert {(one["key"], one["source"]) for one in told["you"]["attributes"]} == {
        ("plan", "signed"),
        ("cart", "page"),
    }
    assert [one["text"] for one in told["you"]["consents"]] == [SECRET]
    (conversation,) = told["conversations"]
    texts = [message["text"] for message in conversation["messages"] if not message["event"]]
    assert texts == [f"I am {SECRET} https://{SECRET}.example", "Our own words", f"See, {SECRET}"]
    assert [m["files"] for m in conversation["messages"] if m["files"]] == [[f"{SECRET}.png"]]
    assert conversation["answers"] == [{"question": "Q", "answer": SECRET}]
    assert conversation["callbacks"][0]["phone"] == "+48601234567"
    assert "Our own note" not in response.content.decode()
    assert "Of somebody else" not in response.content.decode()


def test_a_copy_says_when_it_is_not_whole(
    people: People, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.queries.export.TICKETS", 2)
    for n in range(3):
        make.ticket(people.vera, str(n))
    told = browser.ask("GET", "export/").json()
    assert told["complete"] is False
    assert [one["messages"][0]["text"] for one in told["conversations"]] == ["1", "2"]


def test_a_copy_costs_the_same_for_many(
    people: People, browser: Browser, django_assert_num_queries: Any
) -> None:
    make.ticket(people.vera)
    browser.ask("GET", "boot/")
    for _ in range(2):
        with django_assert_num_queries(7):
            assert browser.ask("GET", "export/").status_code == 200
        make.ticket(people.vera)


def test_copies_are_limited(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privacy, "EXPORTS_A_MINUTE", 1)
    assert [browser.ask("GET", "export/").status_code for _ in range(2)] == [200, 429]


@pytest.mark.parametrize(("method", "path"), [("GET", "export/"), ("POST", "erasure/")])
def test_only_who_is_somebody(people: People, method: str, path: str) -> None:
    assert Browser(people.inbox).ask(method, path).status_code == 401
    other = make.inbox()
    assert Browser(other, people.vera_token).ask(method, path).status_code == 401


# ---- to be forgotten ----------------------------------------------------------------------------


def test_asking_twice_is_asking_once(people: People, browser: Browser) -> None:
    first, again = browser.ask("POST", "erasure/"), browser.ask("POST", "erasure/")
    assert first.json() == again.json()
    assert ErasureRequest.objects.get().contact_id == people.vera.contact_id


def everything_stored() -> str:
    """Whatever our tables say, but for the rows of our own people."""
    found: list[Any] = []
    for model in (
        Contact, Identity, Ticket, Message, Attachment, Callback, Invitation, Transcript
    ):  # fmt: skip
        found += model.objects.values()
    return json.dumps(found, default=str).lower()


def test_he_is_forgotten(
    people: People,
    browser: Browser,
    redis_of_tests: Redis,
    django_capture_on_commit_callbacks: Any,
) -> None:
    row = tell_everything(people)
    names = Attachment.objects.values_list("file", "preview")
    stored = [name for pair in names for name in pair if name]
    assert all(default_storage.exists(name) for name in stored)
    others = make.ticket(people.viktor, "Of somebody else")
    request = ask_for_erasure(people.vera)
    assert SECRET in everything_stored()
    facts = TicketEvent.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        erase(make.viewer(people.mona), request)
    assert SECRET not in everything_stored()
    assert "601234567" not in everything_stored()
    assert not any(default_storage.exists(name) for name in stored)
    assert not redis_of_tests.exists(redis_key("page", people.vera.identity))
    ticket = Ticket.objects.get(pk=row.number)
    assert (ticket.last_public_preview, ticket.visit, ticket.answers) == ("[deleted]", {}, [])
    said = Message.objects.filter(ticket=ticket, kind="reply").order_by("seq")
    assert [(one.body, one.author_name) for one in said] == [
        ("[deleted]", "[deleted]"),
        ("Our own words", "Alice Adams"),
        ("[deleted]", "[deleted]"),
    ]
    assert Message.objects.filter(body="Our own note").exists()
    assert TicketEvent.objects.count() == facts + 1
    fact = TicketEvent.objects.get(name="erased")
    assert (fact.ticket_id, fact.actor_id) == (row.number, people.mona.pk)
    assert Invitation.objects.get().score == 2
    assert Ticket.objects.get(pk=others.number).last_preview == "Of somebody else"
    with pytest.raises(NotSignedIn):
        assert browser.viewer


def test_forgetting_him_again_changes_nothing(people: People) -> None:
    tell_everything(people)
    request, mona = ask_for_erasure(people.vera), make.viewer(people.mona)
    erase(mona, request)
    request.refresh_from_db()
    before, done_at = everything_stored(), request.done_at
    erase(mona, request)
    assert everything_stored() == before
    # And one that was cut short after half of it is finished by doing it again.
    ErasureRequest.objects.update(done_at=None)
    request.refresh_from_db()
    erase(mona, request)
    request.refresh_from_db()
    assert TicketEvent.objects.filter(name="erased").count() == 1
    assert (request.done_by_id, request.done_at > done_at) == (people.mona.pk, True)


def test_many_tickets_are_forgotten(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tickets.actions.erase.SLICE", 2)
    for n in range(5):
        make.ticket(people.vera, f"{SECRET} {n}")
    erase(make.viewer(people.mona), ask_for_erasure(people.vera))
    assert set(Ticket.objects.values_list("last_preview", flat=True)) == {"[deleted]"}
    assert SECRET not in everything_stored()


def test_only_managers_forget(people: People) -> None:
    request = ask_for_erasure(people.vera)
    with pytest.raises(NotAllowed):
        erase(make.viewer(people.alice), request)


def test_a_customer_who_is_forgotten_begins_anew(people: People) -> None:
    key = create_key(make.viewer(people.mona), people.inbox)
    browser, assertion = Browser(people.inbox, people.vera_token), sign(key, name="Vera")
    make.ticket(people.vera, SECRET)
    browser.identify(assertion)
    erase(make.viewer(people.mona), ask_for_erasure(browser.viewer))
    assert browser.identify(assertion).status_code == 403, "what was shown opens nothing"
    browser.identify(sign(key, jti="fresh"))
    assert browser.history() == []
    assert "42" not in [one.address for one in Identity.objects.filter(verified_at=None)]


@pytest.mark.django_db(transaction=True)
async def test_screens_are_told(people: People, alice: Socket, vera: Socket) -> None:
    row = await run_db(make.ticket, people.vera, SECRET)
    await alice.subscribe(f"ticket:{row.id}")
    await alice.until_quiet()
    await run_db(lambda: erase(make.viewer(people.mona), ask_for_erasure(people.vera)))
    assert (await alice.expect("ticket.changed"))["row"]["last_preview"] == "[deleted]"
    bodies = [await alice.expect("message.updated") for _ in range(2)]
    assert [event["message"]["body"] for event in bodies] == ["", "[deleted]"]
    assert await vera.closed() == 4401


# ---- the managers' page -------------------------------------------------------------------------


def test_the_page_lists_and_erases_by_typed_name(people: People, manager: Client) -> None:
    Contact.objects.filter(pk=people.vera.contact_id).update(name="Vera Vale")
    request = ask_for_erasure(people.vera)
    page = manager.get("/manage/privacy/").content.decode()
    assert "Vera Vale" in page
    path = f"/manage/privacy/{request.pk}/erase/"
    assert "Vera Vale" in manager.get(path).content.decode()
    for typed in ("", "vera", "Viktor"):
        assert manager.post(path, {"typed": typed}).status_code == 422
    assert Contact.objects.filter(name="Vera Vale").exists()
    assert manager.post(path, {"typed": "Vera Vale"}).status_code == 302
    assert not Contact.objects.filter(name="Vera Vale").exists()
    page = manager.get("/manage/privacy/").content.decode()
    assert "Nobody is waiting" in page
    assert people.mona.name in page
    assert manager.get(path).status_code == 404


def test_the_page_is_the_managers(people: People) -> None:
    request = ask_for_erasure(people.vera)
    agent = Client()
    agent.force_login(people.alice)
    for path in ("/manage/privacy/", f"/manage/privacy/{request.pk}/erase/"):
        assert agent.get(path).status_code == 403
    assert agent.post(path, {"typed": "x"}).status_code == 403


# ---- what a page says ---------------------------------------------------------------------------


def attributes(browser: Browser) -> dict[str, Any]:
    return dict(Contact.objects.get(pk=browser.viewer.contact_id).attributes)


def test_a_page_adds_to_what_it_said(browser: Browser) -> None:
    for said in ({"plan": "gold", "n": 1}, {"n": None, "vip": True}):
        assert browser.ask("POST", "attributes/", {"attributes": said}).status_code == 200
    assert attributes(browser) == {"page": {"plan": "gold", "vip": True}}


def test_a_page_never_speaks_for_the_shop(people: People, browser: Browser) -> None:
    key = create_key(make.viewer(people.mona), people.inbox)
    browser.identify(sign(key, attributes={"plan": "gold"}))
    browser.ask("POST", "attributes/", {"attributes": {"plan": "free"}})
    assert attributes(browser) == {"signed": {"plan": "gold"}, "page": {"plan": "free"}}


BAD = [None, [], "x", {"a": {}}, {"a": [1]}, {"": 1}, {"1a": 1}, {"a b": 1}, {"a": "x" * 201},
       {"a" * 41: 1}, {"a": 2**60}, {f"k{n}": n for n in range(21)}]  # fmt: skip


@pytest.mark.parametrize("said", BAD)
def test_a_page_says_something_odd(browser: Browser, said: Any) -> None:
    answer = browser.ask("POST", "attributes/", {"attributes": said})
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "attributes")
    assert attributes(browser) == {}


def test_a_page_says_too_much_in_time(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    half = {f"k{n}": n for n in range(11)}
    browser.ask("POST", "attributes/", {"attributes": half})
    more = {f"m{n}": n for n in range(11)}
    assert browser.ask("POST", "attributes/", {"attributes": more}).status_code == 400
    monkeypatch.setattr(identity, "ATTRIBUTES_A_MINUTE", 1)
    assert browser.ask("POST", "attributes/", {"attributes": half}).status_code == 429


def test_agents_see_who_said_what(people: People, browser: Browser) -> None:
    key = create_key(make.viewer(people.mona), people.inbox)
    row = make.ticket(people.vera)
    browser.identify(sign(key, attributes={"plan": "gold"}))
    browser.ask("POST", "attributes/", {"attributes": {"cart": 12.5}})
    agent = Client()
    agent.force_login(people.alice)
    contact = agent.get(f"/console/api/tickets/{row.id}/").json()["contact"]
    assert contact["verified"] is True
    assert contact["attributes"] == [
        {"key": "plan", "value": "gold", "signed": True},
        {"key": "cart", "value": 12.5, "signed": False},
    ]


# ---- addresses ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.django_db(transaction=True)
async def test_an_address_is_kept_only_where_a_manager_says_so(people: People, kept: bool) -> None:
    people.inbox.settings = {"privacy": {"store_ip": kept}, "prechat": {"is_on": False}}
    await run_db(people.inbox.save)
    socket = Socket.of_visitor(people.inbox, people.vera_token)
    socket.scope["client"] = ["192.0.2.7", 4000]
    async with socket:
        await socket.hello()
        await socket.start()
    visit = await run_db(lambda: Ticket.objects.get().visit)
    assert visit.get("ip") == ("192.0.2.7" if kept else None)
