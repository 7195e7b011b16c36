"""The managers' pages for invitations."""

import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chat.models import Invitation, InvitationCount
from helpdesk.core import clock
from tests.chat.test_invitations import invite
from tests.people import People
from tickets.models import Inbox

pytestmark = pytest.mark.django_db
# As the form begins for an inbox that speaks English and Turkish.
TYPED = {
    "name": "Lamps",
    "is_active": "on",
    "every_hours": "24",
    "seconds_on_page": "45",
    "agents_available": "on",
    "a_en": "A question?",
    "a_tr": "Soru?",
}


@pytest.fixture(autouse=True)
def two_languages(people: People) -> None:
    Inbox.objects.update(languages=["en", "tr"])


def list_of(people: People) -> str:
    return f"/manage/inboxes/{people.inbox.pk}/invitations/"


def text(answer: HttpResponse) -> str:
    """Of the page, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def add(manager: Client, people: People, **typed: Any) -> HttpResponse:
    return manager.post(f"{list_of(people)}new/", TYPED | typed)


def test_an_invitation_is_made_and_changed(people: People, manager: Client) -> None:
    assert "No invitations yet" in text(manager.get(list_of(people)))
    begun = manager.get(f"{list_of(people)}new/").content.decode()
    assert 'name="seconds_on_page" value="45"' in begun
    typed = {
        "exit_intent": "on",
        "returning": "no",
        "cart_value_min": "49.90",
        "urls": "https://shop.example/lamps/*\n/ödeme",
        "referrers": "google.\n\n bing.com ",
        "utm_source": "News",
        "languages": ["tr"],
        "stages": ["during"],
        "b_en": "May we help?",
        "b_tr": "Buyurun?",
    }
    assert add(manager, people, **typed).headers["Location"] == list_of(people)
    made = Invitation.objects.get()
    assert made.conditions == {
        "seconds_on_page": 45,
        "exit_intent": True,
        "returning": False,
        "cart_value_min": 49.9,
        "urls": ["/lamps/*", "/ödeme"],
        "referrers": ["google.", "bing.com"],
        "utm": {"source": "News"},
        "languages": ["tr"],
        "stages": ["during"],
        "agents_available": True,
    }
    assert made.texts[1] == {"en": "May we help?", "tr": "Buyurun?"}
    page = manager.get(f"/manage/inboxes/invitations/{made.pk}/").content.decode()
    for piece in (
        "49.9",
        "/lamps/*\n/ödeme",
        "google.\nbing.com",
        "Buyurun?",
        'value="no" selected',
    ):
        assert piece in page
    assert "45 seconds on the page · cart: 49.9 or more" in text(manager.get(list_of(people)))
    manager.post(f"/manage/inboxes/invitations/{made.pk}/", TYPED | {"name": "Lights"})
    made.refresh_from_db()
    assert (made.name, len(made.texts)) == ("Lights", 1)
    assert made.conditions == {"seconds_on_page": 45, "agents_available": True}


def test_nobody_is_invited_on_arrival(people: People, manager: Client) -> None:
    refused = add(manager, people, seconds_on_page="", urls="/lamps/*")
    assert refused.status_code == 422
    assert "Nobody is invited on arrival." in text(refused)
    assert "/lamps/*" in refused.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"a_en": "", "a_tr": ""}, "Write what the invitation says."),
        ({"a_en": "x" * 201}, "at most 200 characters"),
        ({"b_en": "Only English"}, "Both texts are needed in the same languages."),
        ({"pages_seen": "1"}, "greater than or equal to 2"),
        ({"urls": "lamps"}, "A path begins with a slash"),
        ({"referrers": "x" * 101}, "Shorter, please"),
        ({"utm_source": "a*"}, "This is not possible."),
        ({"every_hours": "0"}, "greater than or equal to 1"),
        ({"languages": ["pl"]}, "not one of the available choices"),
    ],
)
def test_what_is_refused_beside_its_field(
    people: People, manager: Client, wrong: dict[str, Any], said: str
) -> None:
    refused = add(manager, people, **wrong)
    assert refused.status_code == 422
    assert said in text(refused)
    assert not Invitation.objects.exists()


def test_order_and_switch(people: People, manager: Client) -> None:
    first, second = invite(people, "One"), invite(people, "Two")
    for wish in (f"up:{second.pk}", f"off:{first.pk}"):
        key = wish.partition(":")[2]
        answer = manager.post(list_of(people), {"do": wish})
        assert answer.headers["Location"] == f"{list_of(people)}#invitation-{key}"
    assert list(Invitation.objects.values_list("name", "is_active")) == [
        ("Two", True),
        ("One", False),
    ]
    manager.post(list_of(people), {"do": f"on:{first.pk}"})
    assert Invitation.objects.filter(is_active=True).count() == 2
    for strange in ("up:x", "off:999999", f"fly:{first.pk}x", ""):
        assert manager.post(list_of(people), {"do": strange}).status_code == 404


def test_deleting_is_asked_twice(people: People, manager: Client) -> None:
    path = f"/manage/inboxes/invitations/{invite(people).pk}/delete/"
    assert "Delete the invitation “Lamps”?" in text(manager.get(path))
    assert Invitation.objects.exists()
    assert manager.post(path).headers["Location"] == list_of(people)
    assert not Invitation.objects.exists()
    assert manager.post(path).status_code == 404


def test_rates_are_said_once_they_mean_something(people: People, manager: Client) -> None:
    made = invite(people)
    today = clock.now().date()
    for variant, shown, accepted in ((0, 80, 12), (1, 19, 3)):
        InvitationCount.objects.create(
            invitation=made, variant=variant, day=today, shown=shown, accepted=accepted
        )
    page = text(manager.get(list_of(people)))
    assert "12 of 80 (15 %)" in page
    assert "Accepted 3 of 19 Chatted 0 of 19" in page
    assert "are each divided by shown" in page


def test_as_many_queries_for_one_as_for_many(people: People, manager: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            manager.get(list_of(people))
        return len(queries)

    invite(people)
    few = asked()
    for name in "1234":
        invite(people, name)
    assert asked() == few


def test_they_are_the_managers(people: People, manager: Client) -> None:
    key = invite(people).pk
    agent = Client()
    agent.force_login(people.alice)
    for path in (
        list_of(people),
        f"{list_of(people)}new/",
        f"/manage/inboxes/invitations/{key}/",
        f"/manage/inboxes/invitations/{key}/delete/",
    ):
        assert agent.get(path).status_code == agent.post(path, TYPED).status_code == 403
        assert manager.get(path).status_code == 200
    assert Invitation.objects.count() == 1


def test_pages_of_nothing(manager: Client) -> None:
    for path in ("999999/invitations/", "999999/invitations/new/", "invitations/999999/"):
        assert manager.get(f"/manage/inboxes/{path}").status_code == 404
