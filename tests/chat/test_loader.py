"""What any page loads from us: launcher, panel, how things stand, and the chat by itself."""

import json
import re
from datetime import timedelta
from gzip import compress
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chat.queries.loader import FOLDER
from chat.queries.peek import peek_key
from helpdesk.accounts.viewer import Visitor
from helpdesk.core import clock
from helpdesk.storefront.scenario.inviting import invite_visitors
from tests import make
from tests.people import People
from tickets.actions.seen import mark_seen
from tickets.actions.solve import solve
from tickets.models import Inbox

pytestmark = pytest.mark.django_db
KB = 1024
LOADER = {"inbox", "origin", "words", "hide", "style"}
PANEL = {"origin", "base", "page", "words", "theme", "follow", "style"}


@pytest.fixture
def site() -> Client:
    return Client(HTTP_HOST="localhost", enforce_csrf_checks=True)


def load(site: Client, inbox: object, **headers: str) -> HttpResponse:
    return site.get("/widget/loader.js", {"i": str(inbox)}, **headers)


def panel(site: Client, people: People, **headers: str) -> HttpResponse:
    return site.get(f"/widget/{people.inbox.public_id}/panel.js", **headers)


def script(answer: HttpResponse) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def settings_in(script: str) -> dict[str, Any]:
    start = re.search(r'\{"(inbox|origin)":', script)
    assert start
    found, _end = json.JSONDecoder().raw_decode(script[start.start() :])
    return dict(found)


def settle(people: People, **settings: Any) -> None:
    people.inbox.settings = settings
    people.inbox.save()


# ---- the scripts ----


def test_the_loader_carries_the_inboxs_settings(site: Client, people: People) -> None:
    answer = load(site, people.inbox.public_id)
    inlined = settings_in(script(answer))
    assert inlined["inbox"] == str(people.inbox.public_id)
    assert set(inlined) == LOADER
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert not answer.cookies


def test_the_panel_carries_no_more_than_it_needs(site: Client, people: People) -> None:
    answer = panel(site, people)
    assert set(settings_in(script(answer))) == PANEL
    # A module comes by CORS, from any page.
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies


def test_an_unchanged_script_is_not_sent_again(site: Client, people: People) -> None:
    def both(**tags: str) -> list[HttpResponse]:
        return [
            load(site, people.inbox.public_id, **{"HTTP_IF_NONE_MATCH": tags.get("loader", "")}),
            panel(site, people, **{"HTTP_IF_NONE_MATCH": tags.get("panel", "")}),
        ]

    loader_tag, panel_tag = (answer.headers["ETag"] for answer in both())
    again = both(loader=loader_tag, panel=panel_tag)
    assert [(answer.status_code, answer.content) for answer in again] == [(304, b"")] * 2
    settle(people, look={"offset_x": 33})
    changed = both(loader=loader_tag, panel=panel_tag)
    assert [answer.status_code for answer in changed] == [200, 200]


def test_settings_cannot_end_the_script(site: Client, people: People) -> None:
    label = '</script><script>alert("x")</script>\u2028!'
    settle(people, look={"label": {"en": label}})
    people.inbox.name = "</script>"
    people.inbox.save()
    text = script(load(site, people.inbox.public_id))
    assert "</script>" not in text
    assert settings_in(text)["words"]["en"]["label"] == label
    assert "</script>" not in script(panel(site, people))


def test_the_look_is_in_the_style(site: Client, people: People) -> None:
    look = {"side": "left", "offset_x": 31, "phone_offset_y": 77, "z": 12345, "theme": "dark"}
    settle(people, look=look)
    style = settings_in(script(load(site, people.inbox.public_id)))["style"]
    for piece in ("31px auto", "77px", "z-index:12345", people.inbox.brand_color):
        assert piece in style
    assert "var(" not in style
    assert "var(" not in settings_in(script(panel(site, people)))["style"]


def test_hidden_paths_are_as_browsers_have_them(site: Client, people: People) -> None:
    settle(people, look={"hide_on": ["/ödeme*", "/a?b"]})
    inlined = settings_in(script(load(site, people.inbox.public_id)))
    assert inlined["hide"] == ["/%C3%B6deme*", "/a%3Fb"]


def test_the_launcher_speaks_the_inboxs_languages(site: Client, people: People) -> None:
    Inbox.objects.update(languages=["pl", "tr"])
    words = settings_in(script(load(site, people.inbox.public_id)))["words"]
    assert list(words) == ["pl", "tr"]
    assert words["pl"]["title"] != words["tr"]["title"]


@pytest.mark.parametrize("inbox", ["", "x", "00000000-0000-0000-0000-000000000000", "\x00"])
def test_a_loader_of_no_inbox(site: Client, people: People, inbox: str) -> None:
    assert load(site, inbox).status_code == 404


@pytest.mark.parametrize("rest", ["panel.js", "state.json"])
def test_an_inbox_without_a_widget(site: Client, people: People, rest: str) -> None:
    Inbox.objects.update(is_active=False)
    assert load(site, people.inbox.public_id).status_code == 404
    assert site.get(f"/widget/{people.inbox.public_id}/{rest}").status_code == 404
    assert site.get(f"/chat/{people.inbox.public_id}/").status_code == 404


def test_the_loader_weighs_under_4_kb(site: Client, people: People) -> None:
    """With all that a shop with three languages settles, and two invitations."""
    label = {"en": "Help", "tr": "Yardım", "pl": "Pomoc"}
    settle(people, look={"label": label, "hide_on": ["/checkout*", "/*/account/*"]})
    Inbox.objects.update(languages=["en", "tr", "pl"])
    invite_visitors(make.viewer(people.mona), people.inbox)
    answer = load(site, people.inbox.public_id)
    assert len(settings_in(script(answer))["invitations"]) == 2
    assert len(compress(answer.content, 9)) <= 4 * KB


def test_the_parts_are_plain_ascii() -> None:
    for part in FOLDER.glob("*.js"):
        assert part.read_text().isascii(), part.name


# ---- how things stand ----


def state(site: Client, people: People, key: str = "") -> dict[str, Any]:
    answer = site.get(f"/widget/{people.inbox.public_id}/state.json", {"k": key})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "private, max-age=10"
    assert not answer.cookies
    return dict(answer.json())


def test_a_stranger_hears_of_no_conversation(site: Client, people: People) -> None:
    make.reply(make.viewer(people.alice), make.ticket(people.vera))
    assert state(site, people) == {"open": True, "free": False, "unread": 0, "live": False}


def test_a_visitor_hears_how_many_are_unread(site: Client, people: People) -> None:
    row = make.ticket(people.vera)
    key = peek_key(people.vera)
    assert state(site, people, key)["unread"] == 0
    make.reply(make.viewer(people.alice), row)
    last = make.reply(make.viewer(people.alice), row)
    make.note(make.viewer(people.alice), row)
    assert state(site, people, key)["unread"] == 2
    assert state(site, people, peek_key(people.viktor))["unread"] == 0
    mark_seen(people.vera, row.id, last.seq)
    assert state(site, people, key)["unread"] == 0


def test_a_conversation_is_live_while_somebody_talks(site: Client, people: People) -> None:
    key = peek_key(people.vera)
    assert not state(site, people, key)["live"]
    row = make.ticket(people.vera)
    assert state(site, people, key)["live"]
    with clock.moved_to(clock.now() + timedelta(minutes=31)):
        assert not state(site, people, key)["live"]
        make.reply(make.viewer(people.alice), row)
        assert state(site, people, key)["live"]
        solve(people.vera, row.id)
        assert not state(site, people, key)["live"]


def test_a_key_is_of_one_visitor_one_inbox_and_180_days(site: Client, people: People) -> None:
    make.reply(make.viewer(people.alice), make.ticket(people.vera))
    key = peek_key(people.vera)
    assert state(site, people, key)["unread"] == 1
    other = make.inbox(people.support)
    elsewhere = site.get(f"/widget/{other.public_id}/state.json", {"k": key})
    assert elsewhere.json()["unread"] == 0
    forged = key.replace(people.vera.identity.hex, people.viktor.identity.hex)
    for bad in (forged, key[:-1], people.vera.identity.hex, "\x00", "a:b:c", "ż" * 500):
        assert state(site, people, bad)["unread"] == 0
    with clock.moved_to(clock.now() + timedelta(days=181)):
        assert state(site, people, key)["unread"] == 0


def test_as_many_queries_for_one_as_for_many(site: Client, people: People) -> None:
    def asked(visitor: Visitor) -> int:
        with CaptureQueriesContext(connection) as queries:
            state(site, people, peek_key(visitor))
        return len(queries)

    make.ticket(people.vera)
    for _ in range(4):
        make.reply(make.viewer(people.alice), make.ticket(people.viktor))
    assert asked(people.vera) == asked(people.viktor) <= 6


# ---- the chat by itself ----


def test_the_chat_has_a_page_of_its_own(site: Client, people: People) -> None:
    answer = site.get(f"/chat/{people.inbox.public_id}/")
    page = answer.content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert f"<title>Help chat, {people.inbox.name}</title>" in page
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "accepted", "shown"),
    [("tr", "pl", "tr"), ("", "pl", "pl"), ("xx", "de", "en"), ('"><b>', "", "en")],
)
def test_its_language(site: Client, people: People, asked: str, accepted: str, shown: str) -> None:
    Inbox.objects.update(languages=["en", "tr", "pl"])
    answer = site.get(
        f"/chat/{people.inbox.public_id}/", {"lang": asked}, HTTP_ACCEPT_LANGUAGE=accepted
    )
    assert f'<html lang="{shown}"' in answer.content.decode()
    assert '"><b>' not in answer.content.decode()
