"""A customer who was named: whose history he gets, and that he leaves."""

from datetime import timedelta
from uuid import uuid4

import pytest

from chat.actions.identify import purge_assertions
from chat.actions.identity_keys import create_key
from chat.models import Assertion, ErasureRequest, IdentityKey, VisitorToken
from chat.queries.visitors import fetch_visitor
from chat.tasks import purge_assertions as purge_task
from helpdesk.core import clock
from helpdesk.core.errors import NotSignedIn
from helpdesk.realtime.pool import run_db
from tests import make
from tests.people import People
from tests.support.http import post_live, waiting_poll
from tests.support.shop import Browser, in_hours, sign
from tests.support.sockets import Socket
from tickets.actions.post import Post, post_message
from tickets.actions.start import Start, find_started, start_ticket
from tickets.models import Contact, Identity, Message, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def key(people: People) -> IdentityKey:
    return create_key(make.viewer(people.mona), people.inbox)


@pytest.fixture
def browser(people: People) -> Browser:
    return Browser(people.inbox)


# ---- whose history ------------------------------------------------------------------------------


def test_what_a_stranger_wrote_here_is_the_customers(people: People, key: IdentityKey) -> None:
    row = make.ticket(people.vera, "As a stranger")
    Contact.objects.filter(pk=people.vera.contact_id).update(
        phone="+48601234500", name="Vee", attributes={"page": {"plan": "free"}}
    )
    file = make.file(people.vera)
    browser = Browser(people.inbox, people.vera_token)
    assert browser.identify(sign(key, name="Vera")).status_code == 200
    assert browser.history() == ["As a stranger"]
    contact = Contact.objects.get(pk=browser.viewer.contact_id)
    # The ticket too: where he is and what he looks at is known by his identity.
    assert Ticket.objects.get().identity_id == browser.viewer.identity_id
    assert (contact.name, contact.phone) == ("Vera", "+48601234500")
    assert contact.attributes == {"signed": {}, "page": {"plan": "free"}}
    assert Ticket.objects.get().contact == contact
    assert not Contact.objects.filter(pk=people.vera.contact_id).exists()
    with pytest.raises(NotSignedIn):
        fetch_visitor(people.vera_token, str(people.inbox.public_id))
    # What he was about to send goes on, and is written once.
    make.reply(browser.viewer, row, "And a file")
    assert browser.ask("DELETE", f"files/{file.id}/").status_code == 200


def test_what_is_sent_again_as_somebody_is_found(people: People, key: IdentityKey) -> None:
    """The answer to a stranger's message was lost, and meanwhile he is known."""
    start = Start(people.vera, uuid4(), "Hello")
    row, first = start_ticket(start)
    reply = make.reply(people.vera, row, "Again")
    browser = Browser(people.inbox, people.vera_token)
    browser.identify(sign(key))
    again = Start(browser.viewer, start.ref, "Hello")
    assert [message.id for _, message in find_started(again)] == [first.id]
    assert post_message(Post(browser.viewer, row.id, reply.ref, "Again")).id == reply.id
    assert Message.objects.filter(kind="reply").count() == 2


def test_a_customer_finds_his_history_anywhere(people: People, key: IdentityKey) -> None:
    first = Browser(people.inbox, people.vera_token)
    make.ticket(people.vera, "At home")
    first.identify(sign(key))
    second = Browser(people.inbox, people.viktor_token)
    make.ticket(people.viktor, "At work")
    second.identify(sign(key))
    third = Browser(people.inbox)
    third.identify(sign(key))
    assert first.history() == second.history() == third.history() == ["At home", "At work"]


def test_two_customers_on_one_browser_never_meet(people: People, key: IdentityKey) -> None:
    browser = Browser(people.inbox, people.vera_token)
    make.ticket(people.vera, "Of the first")
    browser.identify(sign(key, sub="first"))
    tokens = [browser.token]
    browser.identify(sign(key, sub="second"))
    tokens.append(browser.token)
    assert browser.history() == []
    make.ticket(browser.viewer, "Of the second")
    browser.identify(sign(key, sub="first"))
    assert browser.history() == ["Of the first"]
    browser.identify(sign(key, sub="second"))
    assert browser.history() == ["Of the second"]
    for token in tokens:  # each gave way to the next
        with pytest.raises(NotSignedIn):
            fetch_visitor(token, str(people.inbox.public_id))


def test_a_stranger_who_is_known_already_is_not_handed_over(
    people: People, key: IdentityKey
) -> None:
    """His contact has a verified identity: whatever he shows, that history stays where it is."""
    make.ticket(people.vera, "Of the owner")
    Identity.objects.create(
        contact_id=people.vera.contact_id, kind="email", address="a@b.c", verified_at=clock.now()
    )
    browser = Browser(people.inbox, people.vera_token)
    browser.identify(sign(key))
    assert browser.history() == []
    assert Ticket.objects.get().contact_id == people.vera.contact_id


def test_an_address_that_was_typed_opens_nobodys_history(people: People, key: IdentityKey) -> None:
    known = Browser(people.inbox)
    known.identify(sign(key, email="ada@example.com"))
    make.ticket(known.viewer, "Of Ada")
    Contact.objects.filter(pk=people.vera.contact_id).update(email="ada@example.com")
    assert Browser(people.inbox, people.vera_token).history() == []
    other = Browser(people.inbox)
    other.identify(sign(key, sub="43", email="ada@example.com"))
    assert other.history() == []


def test_the_same_customer_of_another_inbox(people: People, key: IdentityKey) -> None:
    other = make.inbox()
    second = create_key(make.viewer(people.mona), other)
    here, there = Browser(people.inbox), Browser(other)
    here.identify(sign(key))
    make.ticket(here.viewer, "Here")
    there.identify(sign(second))
    assert there.history() == []


def test_a_wish_to_be_forgotten_goes_with_him(people: People, key: IdentityKey) -> None:
    browser = Browser(people.inbox, people.vera_token)
    browser.ask("POST", "erasure/")
    browser.identify(sign(key))
    assert ErasureRequest.objects.get().contact_id == browser.viewer.contact_id


# ---- shown again, and signed out ----------------------------------------------------------------


def test_shown_again_it_changes_nothing(browser: Browser, key: IdentityKey) -> None:
    assertion = sign(key)
    browser.identify(assertion)
    token = browser.token
    again = browser.identify(assertion)
    assert (again.status_code, again.json()["token"]) == (200, None)
    fresh = browser.identify(sign(key, exp=in_hours(2)))
    assert fresh.json()["token"] is None
    assert browser.token == token
    assert VisitorToken.objects.filter(identity__kind="customer").count() == 1


def test_after_signing_out_nothing_that_was_shown_opens_again(
    people: People, key: IdentityKey
) -> None:
    assertions = [sign(key), sign(key, exp=in_hours(2))]
    browser = Browser(people.inbox)
    for assertion in assertions:
        browser.identify(assertion)
    make.ticket(browser.viewer, "Secret")
    elsewhere = Browser(people.inbox)
    elsewhere.identify(assertions[0])
    assert browser.logout().status_code == 200
    with pytest.raises(NotSignedIn):
        assert browser.viewer
    for assertion in assertions:
        assert Browser(people.inbox).identify(assertion).status_code == 403
    assert elsewhere.history() == ["Secret"], "another browser stays signed in"
    assert Browser(people.inbox).identify(sign(key, exp=in_hours(3))).status_code == 200


def test_signing_out_needs_a_token(browser: Browser, people: People) -> None:
    assert browser.logout().status_code == 401
    known = Browser(people.inbox, people.vera_token)
    assert [known.logout().status_code for _ in range(2)] == [200, 401]


def test_what_has_expired_is_purged_and_still_refused(browser: Browser, key: IdentityKey) -> None:
    assertion = sign(key)
    browser.identify(assertion)
    browser.logout()
    purge_task()
    assert Assertion.objects.count() == 1
    with clock.moved_to(clock.now() + timedelta(hours=2)):
        assert purge_assertions() == 1
        assert browser.identify(assertion).status_code == 403


# ---- live ---------------------------------------------------------------------------------------

live = pytest.mark.django_db(transaction=True)


@live
async def test_signing_out_closes_this_browsers_sockets_at_once(people: People) -> None:
    async with (
        Socket.of_visitor(people.inbox, people.vera_token) as first,
        Socket.of_visitor(people.inbox, people.vera_token) as second,
        Socket.of_visitor(people.inbox, people.viktor_token) as other,
    ):
        for socket in (first, second, other):
            await socket.hello()
        await run_db(Browser(people.inbox, people.vera_token).logout)
        assert await first.closed() == await second.closed() == 4401
        await other.silent()


@live
async def test_a_poll_ends_when_its_token_does(people: People) -> None:
    path, token = f"/live/widget/{people.inbox.public_id}/poll", people.vera_token
    _, first = await post_live(path, {}, token=token)
    async with waiting_poll(path, {"last": first["last"]}, token=token) as request:
        await run_db(Browser(people.inbox, token).logout)
        status, _ = await request.answer()
    assert status == 401


@live
async def test_what_a_stranger_says_while_he_is_named_is_not_refused(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """His connection has not heard yet that it is over; he says it again on the next one."""
    monkeypatch.setattr("chat.actions.identify.announce_farewell", lambda *_: None)
    key = await run_db(lambda: create_key(make.viewer(people.mona), people.inbox))
    row = await run_db(make.ticket, people.vera)
    async with Socket.of_visitor(people.inbox, people.vera_token) as socket:
        await socket.hello()
        await run_db(lambda: Browser(people.inbox, people.vera_token).identify(sign(key)))
        await socket.write("Are you there?", row.id)
        assert await socket.closed() == 4401
        assert "error" not in [frame["type"] for frame in socket.heard]


@live
async def test_his_other_browser_hears_what_was_handed_over(people: People) -> None:
    key = await run_db(lambda: create_key(make.viewer(people.mona), people.inbox))
    known = Browser(people.inbox)
    await run_db(lambda: known.identify(sign(key)))
    row = await run_db(make.ticket, people.vera, "As a stranger")
    async with Socket.of_visitor(people.inbox, known.token) as socket:
        await socket.hello()
        await run_db(lambda: Browser(people.inbox, people.vera_token).identify(sign(key)))
        await socket.expect("config.changed")
        await run_db(lambda: make.reply(make.viewer(people.mona), row, "Welcome back"))
        await socket.message("Welcome back")


@live
async def test_his_agent_sees_the_name_at_once(people: People, alice: Socket) -> None:
    key = await run_db(lambda: create_key(make.viewer(people.mona), people.inbox))
    row = await run_db(make.ticket, people.vera, "Hello")
    await alice.subscribe(f"ticket:{row.id}")
    browser = Browser(people.inbox, people.vera_token)
    await run_db(lambda: browser.identify(sign(key, name="Vera Vale")))
    event = await alice.expect("ticket.changed")
    assert event["row"]["contact"]["name"] == "Vera Vale"
