"""One person named by many at once, while he writes and while he leaves."""

from uuid import UUID, uuid4

import pytest

from chat.actions.identify import Identified, identify, sign_out
from chat.actions.identity_keys import create_key
from chat.actions.start import start_conversation
from chat.models import IdentityKey
from chat.queries.visitors import Admitted, fetch_visitor
from helpdesk.core.errors import Busy, NotAllowed, NotFound
from helpdesk.realtime.frames import StartFields
from tests import make
from tests.people import People
from tests.races.crowd import assert_counted, assert_numbered_without_gaps
from tests.races.threads import one_after_another, race
from tests.support.shop import sign
from tickets.actions.post import Post, post_message
from tickets.actions.start import Start
from tickets.models import Contact, Identity, Inbox, Message, Ticket

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def key(people: People) -> IdentityKey:
    Inbox.objects.update(settings={"prechat": {"is_on": False}})
    return create_key(make.viewer(people.mona), people.inbox)


def came_as(people: People, token: str) -> Admitted:
    return fetch_visitor(token, str(people.inbox.public_id))


def test_many_browsers_name_a_new_customer_at_once(people: People, key: IdentityKey) -> None:
    strangers = [make.visitor(people.inbox) for _ in range(6)]
    for stranger, _token in strangers:
        make.ticket(stranger)
        make.ticket(stranger)
    before = Contact.objects.count()

    def named(token: str) -> Identified:
        return identify(people.inbox, sign(key, name="Ada"), came_as(people, token))

    done = race(*[lambda token=token: named(token) for _, token in strangers])
    (customer,) = Identity.objects.filter(kind="customer")
    assert {one.identity.pk for one in done} == {customer.pk}
    assert len({one.token for one in done}) == 6
    assert Ticket.objects.filter(contact=customer.contact).count() == 12
    # The customer's own came, and the strangers' went with what they had.
    assert Contact.objects.count() == before + 1 - 6
    assert_numbered_without_gaps()
    assert_counted()


def test_a_stranger_begins_and_writes_while_he_is_named(people: People, key: IdentityKey) -> None:
    row = make.ticket(people.vera)
    me = came_as(people, people.vera_token)
    refs = [uuid4() for _ in range(20)]

    def begin() -> bool:
        start = Start(people.vera, uuid4(), "And another")
        try:
            start_conversation(start, StartFields())
        except Busy:
            return False
        return True

    def write(ref: UUID) -> bool:
        try:
            post_message(Post(people.vera, row.id, ref, "More"))
        except NotFound:  # it is the customer's by now
            return False
        return True

    begun, _written, named = race(
        one_after_another([begin] * 10),
        one_after_another([lambda ref=ref: write(ref) for ref in refs]),
        lambda: identify(people.inbox, sign(key), me),
    )
    contact = named.identity.contact_id
    assert Ticket.objects.count() == 1 + sum(begun)
    assert set(Ticket.objects.values_list("contact_id", flat=True)) == {contact}
    authors = Message.objects.filter(author_kind="contact").values_list("author_id", flat=True)
    assert set(authors) == {contact}
    # What was written as a stranger is found when it is sent again as the customer.
    viewer, _ = came_as(people, named.token)
    for ref in refs:
        post_message(Post(viewer, row.id, ref, "More"))
    assert Message.objects.filter(body="More").count() == 20
    assert_numbered_without_gaps()
    assert_counted()


def test_two_customers_are_named_on_one_browser_at_once(people: People, key: IdentityKey) -> None:
    make.ticket(people.vera)
    me = came_as(people, people.vera_token)
    subjects = ["first", "second", "third", "fourth"]
    race(*[lambda sub=sub: identify(people.inbox, sign(key, sub=sub), me) for sub in subjects])
    ticket = Ticket.objects.get()
    owners = Identity.objects.filter(kind="customer", contact_id=ticket.contact_id)
    assert owners.count() == 1, "it is one's, whoever was first, and nobody else's"


def test_a_token_is_shown_while_its_owner_leaves(people: People, key: IdentityKey) -> None:
    assertion = sign(key)
    first = identify(people.inbox, assertion, None)
    assert first.token
    me = came_as(people, first.token)

    def show() -> bool:
        try:
            identify(people.inbox, assertion, None)
        except NotAllowed:
            return False
        return True

    race(lambda: sign_out(*me), *[show] * 5)
    assert not show(), "whoever came in before he left, nobody does after it"
