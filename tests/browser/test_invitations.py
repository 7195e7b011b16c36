"""Invitations on somebody's page: they come by behaviour, speak once, and take no for an answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from helpdesk.devstack import processes
from tests.browser import checks
from tests.browser.conftest import PHONE, OpenWindow
from tests.browser.stack import Stack
from tests.browser.test_accessibility import nobody_there
from tests.browser.test_host_pages import Guest, shop

__all__ = ["shop"]
TEXTS = [{"en": "Not sure which one? Ask us."}]
HALF_HOUR, DAY = 31 * 60, 25 * 3600
MAKE = """
INSERT INTO chat_invitation
    (inbox_id, name, is_active, position, conditions, texts, every_hours, created_at)
SELECT id, 'Tried', true, 0, %s, %s, 24, now() FROM tickets_inbox RETURNING id
"""
COUNTS = """
SELECT coalesce(sum(shown), 0), coalesce(sum(accepted), 0), coalesce(sum(dismissed), 0),
    coalesce(sum(chatted), 0), coalesce(sum(solved), 0)
FROM chat_invitationcount WHERE invitation_id = %s
"""
Invite = Callable[..., int]


@pytest.fixture
def invite(stack: Stack) -> Iterator[Invite]:
    """Makes the inbox's only invitation; its id."""

    def make(texts: Any = TEXTS, **conditions: Any) -> int:
        wanted = conditions or {"seconds_on_page": 8}
        return int(stack.value(MAKE, json.dumps(wanted), json.dumps(texts)))

    with stack.database() as database:
        database.execute("UPDATE chat_invitation SET is_active = false")
        yield make
        for table in ("invitedticket", "invitationcount"):
            database.execute(
                f"DELETE FROM chat_{table} USING chat_invitation i "
                "WHERE invitation_id = i.id AND i.name = 'Tried'"
            )
        database.execute("DELETE FROM chat_invitation WHERE name = 'Tried'")
        database.execute("UPDATE chat_invitation SET is_active = true")


class Reader(Guest):
    """Reads a page of the shop, on a clock that we turn."""

    def __init__(self, window: BrowserContext, stack: Stack) -> None:
        super().__init__(window.new_page())
        self.asked: list[str] = []
        self.page.on("request", lambda request: self._note(request.url, stack.url))
        self.page.clock.install()
        # Our clock is not that of the browser's cache, which a route turns off.
        self.page.route("**/loader.js*", lambda route: route.continue_())

    def _note(self, url: str, ours: str) -> None:
        if url.startswith(ours):
            self.asked.append(urlsplit(url).path.rstrip("/").rpartition("/")[2])

    @property
    def card(self) -> Locator:
        return self.page.locator("[data-helpdesk] .card")

    def arrive(self, url: str) -> None:
        self.page.goto(url)
        expect(self.launcher).to_be_visible()

    def read(self, seconds: int) -> None:
        self.page.clock.run_for(seconds * 1000)

    def is_asked(self, url: str, *, after: int = 0) -> None:
        """The invitation is there ten seconds after he has come back."""
        if after:
            self.page.clock.fast_forward(after * 1000)
        self.arrive(url)
        self.read(10)
        expect(self.card).to_be_visible()

    def is_left_alone(self, url: str, *, after: int = 0) -> None:
        if after:
            self.page.clock.fast_forward(after * 1000)
        self.arrive(url)
        asked = len(self.asked)
        self.read(90)
        self.page.wait_for_load_state("networkidle")
        expect(self.card).to_have_count(0)
        assert self.asked[asked:] == []


@pytest.fixture
def reader(open_window: OpenWindow, stack: Stack, invite: Invite) -> Reader:
    return Reader(open_window(), stack)


def wait_for_counts(stack: Stack, invitation: int, *counts: int) -> None:
    def are_there() -> bool:
        return stack.rows(COUNTS, invitation) == [counts]

    assert processes.wait_until(are_there, 15), stack.rows(COUNTS, invitation)


def test_from_a_look_to_a_solved_question(
    stack: Stack, invite: Invite, reader: Reader, shop: str
) -> None:
    made = invite(seconds_on_page=8, agents_available=True)
    reader.arrive(f"{shop}/plain.html")
    reader.read(6)
    expect(reader.card).to_have_count(0)
    assert reader.asked == ["loader.js"]
    reader.read(3)
    expect(reader.card).to_contain_text(TEXTS[0]["en"])
    expect(reader.frame).to_have_count(0)
    assert reader.page.evaluate("() => document.activeElement === document.body")
    wait_for_counts(stack, made, 1, 0, 0, 0, 0)
    assert sorted(reader.asked) == ["invitations", "loader.js", "panel.js", "state.json"]

    reader.card.get_by_role("button", name="Open chat").click()
    expect(reader.chat.get_by_text(TEXTS[0]["en"])).to_be_visible()
    reader.send_form("Which one for a small room?")
    expect(reader.bubbles.last).to_have_text("Which one for a small room?")
    wait_for_counts(stack, made, 1, 1, 0, 1, 0)
    reader.end()
    wait_for_counts(stack, made, 1, 1, 0, 1, 1)
    # The next conversation is his own.
    assert (
        stack.value("SELECT count(*) FROM chat_invitedticket WHERE invitation_id = %s", made) == 1
    )
    reader.page.evaluate("() => HelpdeskWidget.close()")
    reader.is_left_alone(f"{shop}/plain.html")


def test_no_is_an_answer(stack: Stack, invite: Invite, reader: Reader, shop: str) -> None:
    made = invite()
    reader.is_asked(f"{shop}/plain.html")
    reader.card.get_by_role("button", name="Dismiss").click()
    expect(reader.card).to_have_count(0)
    wait_for_counts(stack, made, 1, 0, 1, 0, 0)
    reader.is_left_alone(f"{shop}/plain.html")
    reader.is_left_alone(f"{shop}/plain.html", after=DAY)
    reader.is_asked(f"{shop}/plain.html", after=30 * DAY)
    wait_for_counts(stack, made, 2, 0, 1, 0, 0)


def test_once_in_a_visit_and_not_before_its_time(invite: Invite, reader: Reader, shop: str) -> None:
    invite([{"en": "Text A"}, {"en": "Text B"}])
    reader.is_asked(f"{shop}/plain.html")
    text = reader.card.text_content()
    invite(returning=True)
    reader.is_left_alone(f"{shop}/plain.html")
    # The other one may, in another visit.
    reader.is_asked(f"{shop}/plain.html", after=HALF_HOUR)
    expect(reader.card).to_contain_text(TEXTS[0]["en"])
    reader.is_left_alone(f"{shop}/plain.html", after=HALF_HOUR)
    reader.is_asked(f"{shop}/plain.html", after=DAY)
    assert reader.card.text_content() == text


def test_nobody_is_invited_to_wait(stack: Stack, invite: Invite, reader: Reader, shop: str) -> None:
    invite(seconds_on_page=8, agents_available=True)
    with nobody_there(stack):
        reader.arrive(f"{shop}/plain.html")
        reader.read(10)
        reader.page.wait_for_load_state("networkidle")
        reader.read(45)
        reader.page.wait_for_load_state("networkidle")
        assert reader.asked == ["loader.js", "state.json"]
        expect(reader.card).to_have_count(0)
    reader.read(20)
    expect(reader.card).to_be_visible()
    assert reader.asked.count("state.json") == 2


def test_a_rule_that_was_switched_off_meanwhile_says_nothing(
    stack: Stack, invite: Invite, reader: Reader, shop: str
) -> None:
    made = invite()
    reader.arrive(f"{shop}/plain.html")
    with stack.database() as database:
        database.execute("UPDATE chat_invitation SET is_active = false WHERE id = %s", [made])
    reader.read(10)
    reader.page.wait_for_load_state("networkidle")
    assert reader.asked == ["loader.js", "state.json"]
    expect(reader.card).to_have_count(0)


def test_whoever_has_found_the_chat_is_not_asked(invite: Invite, reader: Reader, shop: str) -> None:
    invite()
    reader.arrive(f"{shop}/plain.html")
    reader.open_chat()
    reader.read(20)
    expect(reader.card).to_have_count(0)
    reader.page.evaluate("() => HelpdeskWidget.close()")
    reader.read(20)
    expect(reader.card).to_have_count(0)
    reader.is_left_alone(f"{shop}/plain.html")
    assert "invitations" not in reader.asked
    reader.is_asked(f"{shop}/plain.html", after=HALF_HOUR)


def test_where_the_launcher_is_away_so_are_invitations(
    invite: Invite, reader: Reader, shop: str
) -> None:
    invite()
    reader.arrive(f"{shop}/plain.html")
    reader.page.evaluate("() => HelpdeskWidget.hide()")
    reader.read(20)
    assert reader.asked == ["loader.js"]
    reader.page.evaluate("() => HelpdeskWidget.show()")
    reader.read(2)
    expect(reader.card).to_be_visible()


def test_who_keeps_nothing_of_us_is_never_asked(
    stack: Stack, invite: Invite, reader: Reader, shop: str
) -> None:
    invite()
    reader.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
    )
    reader.is_left_alone(f"{shop}/plain.html")


BEHAVIOURS: dict[str, tuple[dict[str, Any], str]] = {
    "scroll": ({"scroll_percent": 60}, "scrollTo(0, 1e6)"),
    "idle": ({"idle_seconds": 12}, ""),
    "exit": ({"exit_intent": True}, "leave(-3)"),
    "pages": ({"pages_seen": 2, "urls": ["/halo*"]}, "go('/halo/1', 'Halo')"),
    "cart": (
        {"cart_value_min": 50, "stages": ["during"]},
        "HelpdeskWidget.setStage('during', { value: 50, currency: 'EUR' })",
    ),
    "campaign": ({"seconds_on_page": 1, "utm": {"source": "News"}}, ""),
}
STAYS_AWAY = {"scroll": "scrollTo(0, 10)", "exit": "leave(300)", "pages": "location.hash = 'a'"}
LEAVE = """
leave = (clientY) =>
  document.documentElement.dispatchEvent(new MouseEvent("mouseleave", { clientY }));
document.body.style.minHeight = "400vh";
"""


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_what_he_does(invite: Invite, reader: Reader, shop: str, name: str) -> None:
    conditions, act = BEHAVIOURS[name]
    invite(**conditions)
    query = "?utm_source=NEWS" if name == "campaign" else ""
    reader.arrive(f"{shop}/routes.html{query}")
    reader.page.evaluate(f"() => {{ {LEAVE} {STAYS_AWAY.get(name, '')} }}")
    if act or name == "idle":
        reader.read(9)
        expect(reader.card).to_have_count(0)
        assert reader.asked == ["loader.js"]
        reader.page.evaluate(f"() => {{ {act} }}")
    reader.read(7)
    expect(reader.card).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_card(
    stack: Stack, invite: Invite, open_window: OpenWindow, shop: str, scheme: Any
) -> None:
    """On a phone, for everybody; its keys are tried with what comes while the chat is closed."""
    invite([{"en": "A long question, " * 11}])
    reader = Reader(open_window(viewport=PHONE, color_scheme=scheme), stack)
    with theme_of(stack, "system"):
        reader.is_asked(f"{shop}/plain.html")
    assert [*checks.faults(reader.page), *checks.sideways(reader.page)] == []
    box, launcher = reader.card.bounding_box(), reader.launcher.bounding_box()
    assert box
    assert launcher
    assert box["y"] + box["height"] <= launcher["y"]


@contextmanager
def theme_of(stack: Stack, theme: str) -> Iterator[None]:
    with stack.database() as database:
        before = stack.value("SELECT settings::text FROM tickets_inbox")
        change = (
            "UPDATE tickets_inbox SET settings = jsonb_set(settings, '{look,theme}', %s::jsonb)"
        )
        database.execute(change, [json.dumps(theme)])
        yield
        database.execute("UPDATE tickets_inbox SET settings = %s::jsonb", [before])
