"""The console's HTTP side: signed in, from our own page, and only what one may see."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from helpdesk.accounts.models import User
from tests import make
from tests.people import People
from tests.support.sockets import sign_in
from tickets.actions.assign import assign

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}
READS = ["boot/", "tickets/", "tickets/{ticket}/", "tickets/{ticket}/messages/"]
WRITES = ["me/", *(f"tickets/{{ticket}}/{verb}/" for verb in ("assign", "transfer", "solve"))]
SECRET = "a" * 32


def api(rest: str) -> str:
    return f"/console/api/{rest}"


@pytest.fixture
def alice(people: People) -> Client:
    browser = sign_in(people.alice)
    browser.handler.enforce_csrf_checks = True
    browser.cookies["csrftoken"] = SECRET
    return browser


def post(browser: Client, rest: str, body: Any = None, **headers: str) -> HttpResponse:
    return browser.post(
        api(rest),
        b"" if body is None else json.dumps(body),
        content_type="application/json",
        **({"HTTP_X_CSRFTOKEN": SECRET} | headers),
    )


def code(answer: HttpResponse) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


@pytest.mark.parametrize("door", [*READS, *WRITES])
def test_signed_out(people: People, door: str) -> None:
    ticket = make.ticket(people.vera).id
    browser = Client(HTTP_HOST="localhost")
    call = browser.get if door in READS else browser.post
    answer = call(api(door.format(ticket=ticket)), **JSON)
    assert code(answer) == (401, "not_signed_in")


def test_the_page_itself_asks_for_a_sign_in(people: People, alice: Client) -> None:
    answer = Client(HTTP_HOST="localhost").get("/console/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")
    assert alice.get("/console/").status_code == 200


def test_one_who_was_let_go(people: People, alice: Client) -> None:
    User.objects.filter(pk=people.alice.pk).update(is_active=False)
    assert code(alice.get(api("boot/"), **JSON)) == (401, "not_signed_in")


@pytest.mark.parametrize("door", WRITES)
def test_what_another_site_can_make_a_browser_send(
    people: People, alice: Client, door: str
) -> None:
    row = make.ticket(people.vera)
    rest = door.format(ticket=row.id)
    assert alice.post(api(rest), b"{}", content_type="application/json").status_code == 403
    assert post(alice, rest, {}, HTTP_ORIGIN="https://evil.example").status_code == 403


def test_what_the_console_knows_first(people: People, alice: Client) -> None:
    told = alice.get(api("boot/")).json()
    assert told["me"]["name"] == "Alice Adams"
    assert told["me"]["teams"] == [people.support.pk]
    assert told["counts"] == {"mine": 0, "unassigned": 0, "all": 0}
    assert {agent["name"] for agent in told["agents"]} >= {"Bob Brown", "Charlie Clark"}


@pytest.mark.parametrize("door", [*READS[2:], *WRITES[1:]])
def test_another_teams_ticket(people: People, alice: Client, door: str) -> None:
    foreign = make.ticket(make.visitor(make.inbox(people.sales))[0])
    for ticket in (foreign.id, uuid4()):
        rest = door.format(ticket=ticket)
        body = {"team": people.support.pk, "agent": people.alice.pk}
        answer = alice.get(api(rest), **JSON) if door in READS else post(alice, rest, body)
        assert code(answer) == (404, "not_found")


@pytest.mark.parametrize(
    "view", ["nonsense", "team-", "team-x", "team-{sales}", "team-" + "9" * 30]
)
def test_a_list_that_is_none(people: People, alice: Client, view: str) -> None:
    asked = view.format(sales=people.sales.pk)
    assert code(alice.get(api("tickets/"), {"view": asked}, **JSON)) == (404, "not_found")


def test_a_number_of_no_team(people: People) -> None:
    """Whoever sees all may ask for any team; this one is beyond what the database can count."""
    answer = sign_in(people.mona).get(api("tickets/"), {"view": "team-" + "9" * 30}, **JSON)
    assert answer.status_code in {200, 404}


CURSORS = ["x", "====", "bm8=", "MjAyNi0wMS0wMXw=", "MjAyNi0wMS0wMXx4", "%00", "ü"]


@pytest.mark.parametrize("cursor", CURSORS)
def test_a_cursor_of_no_page(people: People, alice: Client, cursor: str) -> None:
    answer = alice.get(api("tickets/"), {"view": "all", "after": cursor}, **JSON)
    assert code(answer) == (400, "invalid")


def test_pages_follow_each_other(people: People, alice: Client) -> None:
    made = [make.ticket(people.vera).number for _ in range(55)]
    first = alice.get(api("tickets/"), {"view": "unassigned"}).json()
    rest = alice.get(api("tickets/"), {"view": "unassigned", "after": first["next"]}).json()
    numbers = [row["number"] for row in first["rows"] + rest["rows"]]
    assert numbers == made[::-1]
    assert rest["next"] is None
    assert first["counts"]["unassigned"] == 55


def test_a_thread_with_what_is_live_about_it(people: People, alice: Client) -> None:
    row = make.ticket(people.vera, "Hello", language="tr")
    make.note(make.viewer(people.bob), row, "careful")
    told = alice.get(api(f"tickets/{row.id}/")).json()
    assert [m["kind"] for m in told["messages"]] == ["event", "reply", "note"]
    assert told["row"]["version"] == 2
    assert told["here"] is False
    assert told["viewers"] == []
    assert told["at"]


BODIES: list[tuple[str, Any]] = [
    ("me/", {}),
    ("me/", {"availability": "asleep"}),
    ("me/", {"availability": 5}),
    ("me/", {"role": "admin"}),
    ("me/", {"language": "xx"}),
    ("tickets/{ticket}/assign/", {"agent": "x"}),
    ("tickets/{ticket}/assign/", {"agent": True}),
    ("tickets/{ticket}/transfer/", {}),
    ("tickets/{ticket}/transfer/", {"team": None}),
    ("tickets/{ticket}/transfer/", {"team": 10**30}),
    ("tickets/{ticket}/reopen/", None),
]


@pytest.mark.parametrize(("door", "body"), BODIES)
def test_a_body_that_means_nothing(people: People, alice: Client, door: str, body: Any) -> None:
    row = make.ticket(people.vera)
    assert code(post(alice, door.format(ticket=row.id), body)) == (400, "invalid")


@pytest.mark.parametrize("body", [b"{", b"[]", b"5", b"\xff"])
def test_a_body_that_is_no_object(people: People, alice: Client, body: bytes) -> None:
    answer = alice.post(api("me/"), body, content_type="application/json", HTTP_X_CSRFTOKEN=SECRET)
    assert code(answer) == (400, "invalid")


def test_her_own_settings(people: People, alice: Client) -> None:
    answer = post(alice, "me/", {"availability": "away", "language": "tr", "theme": "dark"})
    assert answer.json()["me"]["availability"] == "away"
    user = User.objects.get(pk=people.alice.pk)
    assert (user.availability, user.language, user.theme) == ("away", "tr", "dark")


def test_over_capacity_asks_first(people: People, alice: Client) -> None:
    mona = make.viewer(people.mona)
    for _ in range(3):
        assign(mona, make.ticket(people.vera).id, agent_id=people.bob.pk)
    row = make.ticket(people.vera)
    rest = f"tickets/{row.id}/assign/"
    assert code(post(alice, rest, {"agent": people.bob.pk})) == (409, "over_capacity")
    answer = post(alice, rest, {"agent": people.bob.pk, "over_capacity": True})
    assert answer.json()["row"]["assignee"]["id"] == people.bob.pk
