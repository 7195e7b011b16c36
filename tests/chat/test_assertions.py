"""What a shop signs about its customer: what is believed, and what is refused without a word."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chat.actions.identity_keys import create_key, retire_key
from chat.models import Assertion, IdentityKey
from chat.views import identity as views
from helpdesk.core import clock
from helpdesk.core.errors import Invalid, NotAllowed
from tests import make
from tests.people import People
from tests.support.shop import Browser, claims, in_hours, sign
from tickets.models import Contact, Identity, Inbox

pytestmark = pytest.mark.django_db
NOT_YOURS = {"error": {"code": "not_allowed", "message": "You may not do that."}}


@pytest.fixture
def key(people: People) -> IdentityKey:
    return create_key(make.viewer(people.mona), people.inbox)


@pytest.fixture
def browser(people: People) -> Browser:
    return Browser(people.inbox)


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
