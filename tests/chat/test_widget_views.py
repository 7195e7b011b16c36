"""The widget's HTTP side: what a stranger may load, and what he may not."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from chat.models import VisitorToken
from chat.views import widget
from tests import make
from tests.people import People
from tickets.models import Inbox, Ticket

pytestmark = pytest.mark.django_db
JSON = "application/json"


def path(people: People, rest: str = "") -> str:
    return f"/widget/{people.inbox.public_id}/{rest}"


def bearer(token: str) -> Any:
    return {"HTTP_AUTHORIZATION": f"Bearer {token}"}


@pytest.fixture
def site() -> Client:
    return Client(HTTP_HOST="localhost", enforce_csrf_checks=True)


def get(site: Client, people: People, rest: str, token: str | None = None) -> HttpResponse:
    headers = bearer(people.vera_token if token is None else token)
    return site.get(path(people, rest), **headers)


def test_an_inbox_without_a_widget(site: Client, people: People) -> None:
    Inbox.objects.update(is_active=False)
    assert site.get(path(people, "frame/")).status_code == 404
    assert site.post(path(people, "session/")).status_code == 404
    assert get(site, people, "boot/").status_code == 401


def ancestors(answer: HttpResponse) -> str:
    found = re.search(r"frame-ancestors ([^;]*)", answer.headers["Content-Security-Policy"])
    assert found
    return found[1].strip()


def test_the_frame_may_be_shown_on_the_shops_sites_only(site: Client, people: People) -> None:
    people.inbox.allowed_origins = ["https://shop.example", "https://www.shop.example"]
    people.inbox.save()
    answer = site.get(path(people, "frame/"))
    assert answer.status_code == 200
    assert "X-Frame-Options" not in answer.headers
    assert ancestors(answer) == (
        "http://localhost:8000 https://shop.example https://www.shop.example"
    )


def test_the_frame_of_a_trial_may_be_shown_anywhere(site: Client, people: People) -> None:
    assert ancestors(site.get(path(people, "frame/"))) == "*"


@pytest.mark.parametrize(("asked", "shown"), [("tr", "tr"), ("xx", "en"), ('"><b>', "en")])
def test_the_frame_speaks_a_language_of_the_inbox(
    site: Client, people: People, asked: str, shown: str
) -> None:
    answer = site.get(path(people, "frame/"), {"lang": asked, "theme": asked})
    assert f'<html lang="{shown}"' in answer.content.decode()
    assert '"><b>' not in answer.content.decode()


def test_an_inboxs_name_is_text_in_the_frame(site: Client, people: People) -> None:
    people.inbox.name = "</script><img src=x>"
    people.inbox.save()
    page = site.get(path(people, "frame/")).content.decode()
    assert "<img src=x>" not in page


def test_a_new_visitor(site: Client, people: People) -> None:
    answer = site.post(path(people, "session/"))
    assert answer.status_code == 201
    told = answer.json()
    boot = get(site, people, "boot/", told["token"])
    assert boot.json()["visitor"]["id"] == told["visitor"]
    assert boot.headers["Cache-Control"] == "no-store"
    assert not VisitorToken.objects.filter(token_hash=told["token"]).exists()


def test_nobody_becomes_many(site: Client, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(widget, "NEW_VISITORS_AN_HOUR", 3)
    codes = [site.post(path(people, "session/")).status_code for _ in range(5)]
    assert codes == [201, 201, 201, 429, 429]
    other = site.post(path(people, "session/"), REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 201


DOORS = ["boot/", "tickets/{ticket}/", "tickets/{ticket}/messages/"]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer x", "Basic {token}", "{token}"])
def test_no_token_no_entry(site: Client, people: People, door: str, header: str | None) -> None:
    row = make.ticket(people.vera)
    headers = {} if header is None else {
        "HTTP_AUTHORIZATION": header.format(token=people.vera_token)
    }  # fmt: skip
    answer = site.get(
        path(people, door.format(ticket=row.id)), **headers, HTTP_ACCEPT="application/json"
    )
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "not_signed_in"


@pytest.mark.parametrize("door", DOORS[1:])
def test_another_visitors_ticket(site: Client, people: People, door: str) -> None:
    for ticket in (make.ticket(people.viktor).id, uuid4()):
        answer = site.get(
            path(people, door.format(ticket=ticket)),
            **bearer(people.vera_token),
            HTTP_ACCEPT="application/json",
        )
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "not_found"


def test_a_thread_has_nothing_of_the_staffs(site: Client, people: People) -> None:
    row = make.ticket(people.vera, "Hello")
    alice = make.viewer(people.alice)
    make.note(alice, row, "he is rude")
    make.reply(alice, row, "Of course.")
    answer = get(site, people, f"tickets/{row.id}/")
    told = answer.json()
    assert [m["body"] for m in told["messages"]] == ["Hello", "Of course."]
    assert [m["prev"] for m in told["messages"]] == [0, told["messages"][0]["seq"]]
    assert told["more"] is False
    assert "rude" not in answer.content.decode()
    assert "rude" not in get(site, people, "boot/").content.decode()


def test_older_pages(site: Client, people: People) -> None:
    row = make.ticket(people.vera, "0")
    for n in range(1, 60):
        make.reply(people.vera, row, str(n))
    newest = get(site, people, f"tickets/{row.id}/").json()
    assert [m["body"] for m in newest["messages"]] == [str(n) for n in range(10, 60)]
    assert newest["more"] is True
    before = newest["messages"][0]["seq"]
    older = get(site, people, f"tickets/{row.id}/messages/?before={before}").json()
    assert [m["body"] for m in older["messages"]] == [str(n) for n in range(10)]
    assert older["more"] is False


PAGES = [("x", 400), ("-1", 400), ("1.5", 400), ("", 400), ("0", 200), ("9" * 30, 200)]


@pytest.mark.parametrize(("before", "status"), PAGES)
def test_a_page_before_what(site: Client, people: People, before: str, status: int) -> None:
    row = make.ticket(people.vera)
    answer = get(site, people, f"tickets/{row.id}/messages/?before={before}")
    assert answer.status_code == status


def test_ending_a_chat(site: Client, people: People) -> None:
    row = make.ticket(people.vera)
    headers = bearer(people.vera_token)
    answer = site.post(path(people, f"tickets/{row.id}/end/"), content_type=JSON, **headers)
    assert answer.json()["row"]["status"] == "solved"
    again = site.post(path(people, f"tickets/{row.id}/end/"), content_type=JSON, **headers)
    assert again.json()["row"] == answer.json()["row"]
    assert site.get(path(people, f"tickets/{row.id}/end/"), **headers).status_code == 405


def test_ending_another_visitors_chat(site: Client, people: People) -> None:
    row = make.ticket(people.viktor)
    url = path(people, f"tickets/{row.id}/end/")
    answer = site.post(url, content_type=JSON, **bearer(people.vera_token))
    assert answer.status_code == 404
    assert Ticket.objects.get().status == "open"


def test_a_waiting_visitor_knows_his_place(site: Client, people: People) -> None:
    make.ticket(people.viktor)
    row = make.ticket(people.vera)
    told = get(site, people, f"tickets/{row.id}/").json()
    assert (told["queue"]["position"], told["queue"]["ahead"]) == (2, 1)
    asked = get(site, people, f"tickets/{row.id}/queue/").json()["queue"]
    assert asked | {"at": told["queue"]["at"]} == told["queue"]
