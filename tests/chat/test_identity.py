"""A shop says who its visitor is: what is believed, what is refused, and what either does."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.http import HttpResponse
from django.test import Client

from chat.actions.identify import purge_assertions
from chat.actions.identity_keys import create_key, retire_key
from chat.models import Assertion, ErasureRequest, IdentityKey, VisitorToken
from chat.queries.visitors import fetch_visitor
from chat.tasks import purge_assertions as purge_task
from chat.views import identity as views
from helpdesk.accounts.viewer import Visitor
from helpdesk.core import clock
from helpdesk.core.errors import Invalid, NotAllowed, NotSignedIn
from helpdesk.realtime.pool import run_db
from tests import make
from tests.people import People
from tests.support.http import post_live, waiting_poll
from tests.support.shop import claims, sign
from tests.support.sockets import Socket
from tickets.actions.post import Post, post_message
from tickets.actions.start import Start, find_started, start_ticket
from tickets.models import Contact, Identity, Inbox, Message, Ticket

pytestmark = pytest.mark.django_db
NOT_YOURS = {"error": {"code": "not_allowed", "message": "You may not do that."}}


@pytest.fixture
def key(people: People) -> IdentityKey:
    return create_key(make.viewer(people.mona), people.inbox)


class Browser:
    """One browser on the shop's pages: a token at most, as the frame keeps it."""

    def __init__(self, inbox: Inbox, token: str = "") -> None:
        self.client = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
        self.inbox, self.token = inbox, token

    def ask(self, method: str, path: str, body: Any = None) -> HttpResponse:
        return self.client.generic(
            method,
            f"/widget/{self.inbox.public_id}/{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.token}", "Accept": "application/json"},
        )

    def identify(self, assertion: Any) -> HttpResponse:
        answer = self.ask("POST", "identify/", {"jwt": assertion})
        if answer.status_code == 200 and answer.json()["token"]:
            self.token = answer.json()["token"]
        return answer

    @property
    def viewer(self) -> Visitor:
        return fetch_visitor(self.token, str(self.inbox.public_id))[0]

    def history(self) -> list[str]:
        return sorted(row["last_preview"] for row in self.ask("GET", "boot/").json()["tickets"])

    def logout(self) -> HttpResponse:
        return self.ask("POST", "logout/")


@pytest.fixture
def browser(people: People) -> Browser:
    return Browser(people.inbox)


def in_hours(hours: float) -> int:
    return int((clock.now() + timedelta(hours=hours)).timestamp())


# ---- what is refused, and told nothing of -----------------------------------------------------


def encoded(value: Any) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def rs256(key: IdentityKey) -> str:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(claims(key), private, algorithm="RS256", headers={"kid": key.kid})


def public_key_as_secret(key: IdentityKey) -> str:
    """The confusion of old libraries: an HS256 signature made with a key that everybody has."""
    public = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return by_hand(key, secret=pem)


def by_hand(key: IdentityKey, *, secret: str, header: dict[str, Any] | None = None) -> str:
    """What libraries refuse to make."""
    head = encoded(header or {"alg": "HS256", "typ": "JWT", "kid": key.kid})
    signing = f"{head}.{encoded(claims(key))}"
    made = jwt.get_algorithm_by_name("HS256")
    signature = made.sign(signing.encode(), secret.encode())
    return f"{signing}.{urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def tampered(key: IdentityKey) -> str:
    head, _, signature = sign(key).split(".")
    return f"{head}.{encoded(claims(key, sub='43'))}.{signature}"


def of_another_inbox(key: IdentityKey) -> str:
    other = IdentityKey.objects.create(inbox=make.inbox(), kid="other", secret="s" * 64)
    return sign(other, aud=str(key.inbox.public_id))


def retired(key: IdentityKey) -> str:
    IdentityKey.objects.filter(pk=key.pk).update(retired_at=clock.now())
    return sign(key)


REFUSED: dict[str, Callable[[IdentityKey], Any]] = {
    "forged": lambda key: sign(key, secret="x" * 64),
    "tampered with": tampered,
    "alg none": lambda key: sign(key, alg="none"),
    "alg none with a signature": lambda key: by_hand(
        key, secret=key.secret, header={"alg": "none", "kid": key.kid}
    ),
    "alg HS512": lambda key: sign(key, alg="HS512"),
    "alg RS256": rs256,
    "HS256 by a public key": public_key_as_secret,
    "expired": lambda key: sign(key, exp=in_hours(-0.1)),
    "no expiry": lambda key: sign(key, exp=None),
    "an expiry in words": lambda key: by_claims(key, exp="tomorrow"),
    "endless": lambda key: by_claims(key, exp=float("inf")),
    "for longer than a day": lambda key: sign(key, exp=in_hours(25)),
    "not yet": lambda key: sign(key, nbf=in_hours(1)),
    "no audience": lambda key: sign(key, aud=None),
    "another audience": lambda key: sign(key, aud=str(uuid4())),
    "many audiences": lambda key: by_claims(key, aud=[str(key.inbox.public_id), "x"]),
    "a key of another inbox": of_another_inbox,
    "a retired key": retired,
    "an unknown key": lambda key: sign(key, kid="nobody"),
    "no key": lambda key: by_hand(key, secret=key.secret, header={"alg": "HS256"}),
    "a key with a NUL": lambda key: sign(key, kid="a\x00"),
    "a key that is a list": lambda key: by_hand(
        key, secret=key.secret, header={"alg": "HS256", "kid": [key.kid]}
    ),
    "nobody": lambda key: sign(key, sub=None),
    "an empty subject": lambda key: sign(key, sub=""),
    "a long subject": lambda key: sign(key, sub="4" * 121),
    "a subject with a NUL": lambda key: sign(key, sub="4\x002"),
    "a number for a subject": lambda key: by_claims(key, sub=42),
    "too many attributes": lambda key: sign(key, attributes={f"a{n}": n for n in range(21)}),
    "attributes with objects": lambda key: sign(key, attributes={"cart": {"total": 1}}),
    "attributes with long texts": lambda key: sign(key, attributes={"a": "x" * 201}),
    "attributes with other keys": lambda key: sign(key, attributes={"<b>": 1}),
    "a huge one": lambda key: sign(key, name="x" * 9000),
    "nested without end": lambda key: f"{encoded('x')}{'[' * 600}.a.{'a' * 43}",
    "no token": lambda key: "",
    "no text": lambda key: {"sub": "42"},
    "nothing": lambda key: None,
}


def by_claims(key: IdentityKey, **changed: Any) -> str:
    """Claims that PyJWT would not write."""
    head = encoded({"alg": "HS256", "kid": key.kid})
    signing = f"{head}.{encoded(claims(key, **changed))}"
    signature = jwt.get_algorithm_by_name("HS256").sign(signing.encode(), key.secret.encode())
    return f"{signing}.{urlsafe_b64encode(signature).rstrip(b'=').decode()}"


@pytest.mark.parametrize("name", REFUSED)
def test_it_refuses_and_tells_nothing(browser: Browser, key: IdentityKey, name: str) -> None:
    answer = browser.identify(REFUSED[name](key))
    assert (answer.status_code, answer.json()) == (403, NOT_YOURS)
    assert not Identity.objects.filter(kind="customer").exists()
    assert not Assertion.objects.exists()


@pytest.mark.parametrize("name", ["forged", "expired", "alg none"])
def test_whom_it_refuses_stays_who_he_was(people: People, key: IdentityKey, name: str) -> None:
    browser = Browser(people.inbox, people.vera_token)
    make.ticket(people.vera, "Mine")
    assert browser.identify(REFUSED[name](key)).status_code == 403
    assert browser.history() == ["Mine"]
    assert not browser.viewer.verified


# ---- what is accepted ---------------------------------------------------------------------------

ACCEPTED: dict[str, Callable[[IdentityKey], str]] = {
    "plain": sign,
    "for a day": lambda key: sign(key, exp=in_hours(24)),
    "just over, as clocks go": lambda key: sign(key, exp=in_hours(-0.01)),
    "with all it may say": lambda key: sign(
        key, name="Ada", email="Ada@Example.com", phone="+48 601 234 567", language="pl",
        attributes={"plan": "gold", "orders": 3, "wholesale": True}, iat=in_hours(0), jti="1",
    ),
    "with null where it knows nothing": lambda key: by_claims(
        key, name=None, email=None, phone=None, language=None, attributes=None
    ),
    "with claims of others": lambda key: sign(key, cart=[1, 2], iss="shop"),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_it_believes(browser: Browser, key: IdentityKey, name: str) -> None:
    answer = browser.identify(ACCEPTED[name](key))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["visitor"]["verified"] is True
    assert browser.ask("GET", "boot/").json()["visitor"] == answer.json()["visitor"]
    (identity,) = Identity.objects.filter(kind="customer")
    assert identity.address == f"{browser.inbox.public_id}:42"


def test_the_shops_word_stands_above_what_was_typed(browser: Browser, key: IdentityKey) -> None:
    browser.identify(sign(key))
    contact = browser.viewer.contact_id
    typed = {"name": "Nobody", "email": "typed@example.com", "phone": "+48601234500"}
    Contact.objects.filter(pk=contact).update(**typed)
    browser.identify(ACCEPTED["with all it may say"](key))
    found = Contact.objects.get(pk=contact)
    assert (found.name, found.email, found.phone) == ("Ada", "ada@example.com", "+48601234567")
    assert found.language == "pl"
    assert found.attributes == {"signed": {"plan": "gold", "orders": 3, "wholesale": True}}


def test_what_is_no_address_is_left_out(browser: Browser, key: IdentityKey) -> None:
    browser.identify(sign(key, email="not one", phone="call me", language="<b>", name="A\x00da"))
    found = Contact.objects.get(pk=browser.viewer.contact_id)
    assert (found.name, found.email, found.phone, found.language) == ("Ada", "", "", "")


def test_two_keys_live_at_once_and_the_third_waits(people: People, key: IdentityKey) -> None:
    mona = make.viewer(people.mona)
    second = create_key(mona, people.inbox)
    for one in (key, second):
        assert Browser(people.inbox).identify(sign(one)).status_code == 200
    with pytest.raises(Invalid):
        create_key(mona, people.inbox)
    retire_key(mona, key)
    assert Browser(people.inbox).identify(sign(key)).status_code == 403
    assert Browser(people.inbox).identify(sign(second)).status_code == 200
    create_key(mona, people.inbox)


def test_only_managers_make_keys(people: People, key: IdentityKey) -> None:
    alice = make.viewer(people.alice)
    with pytest.raises(NotAllowed):
        create_key(alice, people.inbox)
    with pytest.raises(NotAllowed):
        retire_key(alice, key)


def test_a_secret_lies_encrypted(key: IdentityKey) -> None:
    (stored,) = IdentityKey.objects.raw("SELECT id, kid, secret::text AS raw FROM chat_identitykey")
    assert key.secret not in stored.raw


def test_asking_is_limited(
    browser: Browser, key: IdentityKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "IDENTIFIED_AN_HOUR", 2)
    codes = [browser.identify("x").status_code for _ in range(3)]
    assert codes == [403, 403, 429]


def test_an_inbox_that_is_off(browser: Browser, key: IdentityKey) -> None:
    Inbox.objects.update(is_active=False)
    assert browser.identify(sign(key)).status_code == 404


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
