"""What a shop may ask of the chat on its page, and how the launcher behaves there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import checks
from tests.browser.conftest import PHONE, OpenWindow
from tests.browser.screens import Agent, Visitor
from tests.browser.stack import Stack
from tests.browser.test_host_pages import Guest, asked_of, shop, visit

__all__ = ["shop"]
EARLY = """
window.heard = [];
addEventListener("error", (event) => { heard.push("thrown"); event.preventDefault(); });
window.HelpdeskWidget = { q: [
  ["on", "open", () => heard.push("open")],
  ["on", "open", () => { throw new Error("of the shop"); }],
  ["on", "close", () => heard.push("close")],
  ["on", "chat-started", () => heard.push("started")],
] };
"""


class Alone(Visitor):
    """Where there is no page around the chat."""

    @property
    def chat(self) -> Any:
        return self.page


@contextmanager
def look_of(stack: Stack, look: str) -> Iterator[None]:
    """Within the block the inbox has this look, given as JSON."""
    before = stack.value("SELECT settings::text FROM tickets_inbox")
    with stack.database() as database:
        database.execute(
            "UPDATE tickets_inbox SET settings = jsonb_set(settings, '{look}', %s::jsonb)", [look]
        )
    try:
        yield
    finally:
        with stack.database() as database:
            database.execute("UPDATE tickets_inbox SET settings = %s::jsonb", [before])


def warned(window: BrowserContext) -> list[str]:
    found: list[str] = []
    window.on("console", lambda line: found.append(line.text) if line.type == "warning" else None)
    return found


def kept(page: Page) -> set[str]:
    """Under which names the shop's own storage holds something for us."""
    return {key.split(":")[2] for key in page.evaluate("() => Object.keys(localStorage)")}


def test_links_open_the_chat(shop: str, open_window: OpenWindow) -> None:
    page = open_window().new_page()
    guest = visit(page, f"{shop}/plain.html")
    page.get_by_role("link", name="Ask us").click()
    expect(guest.frame).to_be_visible()
    assert page.url.endswith("/plain.html")
    guest.launcher.click()
    expect(guest.frame).to_be_hidden()
    page.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<a href=#chat>Later</a>')")
    page.get_by_role("link", name="Later").click()
    expect(guest.frame).to_be_visible()


def test_an_address_may_end_in_the_chat(shop: str, open_window: OpenWindow) -> None:
    page = open_window().new_page()
    page.goto(f"{shop}/plain.html#chat")
    expect(Guest(page).frame).to_be_visible()


def test_a_single_page_shop(shop: str, stack: Stack, open_window: OpenWindow) -> None:
    """Hidden where it should be, one of it, and the talk goes on whatever happens to the page."""
    window = open_window()
    with look_of(stack, '{"hide_on": ["/checkout*"]}'):
        asked = asked_of(window, stack)
        page = window.new_page()
        guest = visit(page, f"{shop}/routes.html")
        page.evaluate("() => go('/checkout/pay', 'Pay')")
        expect(guest.launcher).to_be_hidden()
        page.evaluate("() => go('/lamps', 'Lamps')")
        expect(guest.launcher).to_be_visible()
        guest.open_chat()
        guest.start("Does it dim?")
        expect(guest.last_tick).to_have_attribute("aria-label", "Sent")
        page.evaluate("() => go('/halo', 'Halo')")
        expect(guest.bubbles.last).to_have_text("Does it dim?")
        expect(guest.launcher).to_have_count(1)
        assert sum("/frame/" in path for path in asked) == 1
        page.evaluate("() => wipe()")
        expect(guest.launcher).to_be_visible()
        expect(guest.bubbles.last).to_have_text("Does it dim?")


def test_commands_before_and_after_the_script(shop: str, open_window: OpenWindow) -> None:
    window = open_window()
    warnings = warned(window)
    page = window.new_page()
    page.add_init_script(
        EARLY + "HelpdeskWidget.q.push('open', ['identify', 5], ['no', 1], 7);"
        "HelpdeskWidget.q.push(['setStage', 'constructor', { pay() {} }]);"
    )
    page.goto(f"{shop}/plain.html")
    guest = Guest(page)
    expect(guest.frame).to_be_visible()
    guest.start("Hello")
    page.wait_for_function("() => heard.includes('started')")
    page.evaluate("""() => {
        HelpdeskWidget.q.push(["setStage", "later"]);
        HelpdeskWidget.setAttributes("none");
        HelpdeskWidget.open("nowhere");
        HelpdeskWidget.on("open");
        HelpdeskWidget.setLocale("xx");
        HelpdeskWidget.toggle();
    }""")
    expect(guest.frame).to_be_hidden()
    page.wait_for_function("() => heard.join() === 'open,thrown,started,close'")
    assert len(warnings) == 9


def test_a_launcher_that_the_shop_takes_away(shop: str, open_window: OpenWindow) -> None:
    page = open_window().new_page()
    guest = visit(page, f"{shop}/plain.html")
    page.evaluate("() => HelpdeskWidget.hide()")
    expect(guest.launcher).to_be_hidden()
    page.evaluate("() => HelpdeskWidget.open()")
    expect(guest.frame).to_be_visible()
    page.evaluate("() => HelpdeskWidget.show()")
    expect(guest.launcher).to_be_visible()


def test_another_language_without_a_load(shop: str, open_window: OpenWindow) -> None:
    page = open_window().new_page()
    guest = visit(page, f"{shop}/plain.html")
    guest.open_chat()
    page.evaluate("() => HelpdeskWidget.setLocale('tr')")
    expect(guest.chat.locator("html")).to_have_attribute("lang", "tr")
    expect(page.locator("[data-helpdesk]")).to_have_attribute("lang", "tr")


def test_a_chat_as_a_part_of_the_page(shop: str, open_window: OpenWindow) -> None:
    page = open_window().new_page()
    page.goto(f"{shop}/inline.html")
    guest = Guest(page)
    expect(guest.chat.get_by_role("heading", level=1)).to_be_visible()
    expect(guest.launcher).to_be_hidden()
    expect(page.get_by_label("Search")).to_be_focused()
    box, around = guest.frame.bounding_box(), page.locator("#talk").bounding_box()
    assert box == around
    guest.start("From a part of the page")
    expect(guest.last_tick).to_have_attribute("aria-label", "Sent")
    expect(guest.chat.get_by_role("button", name="Minimise chat")).to_have_count(0)


def test_a_chat_on_a_page_of_its_own(stack: Stack, open_window: OpenWindow) -> None:
    page = open_window().new_page()
    inbox = stack.value("SELECT public_id FROM tickets_inbox")
    page.goto(f"/chat/{inbox}/?lang=en")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    alone = Alone(page)
    alone.start("On a page of its own")
    expect(alone.last_tick).to_have_attribute("aria-label", "Sent")
    assert checks.sideways(page) == []


@pytest.mark.parametrize("device", [{}, {"viewport": PHONE}])
def test_what_comes_while_the_chat_is_closed(
    shop: str, open_window: OpenWindow, agent: Agent, device: dict[str, Any]
) -> None:
    """A card above the launcher: announced, without taking the focus, gone by key or by opening."""
    page = open_window(**device).new_page()
    guest = visit(page, f"{shop}/plain.html")
    guest.open_chat()
    question = f"Is anybody there? {len(device)}"
    guest.start(question)
    guest.chat.get_by_role("button", name="Minimise chat").click()
    agent.open(question)
    agent.write("I am")
    card = page.get_by_role("region", name="Maja")
    expect(card).to_contain_text("I am")
    expect(page.locator("[data-helpdesk] [role=status]")).to_have_text("Maja: I am")
    expect(guest.launcher).to_have_accessible_name("Open chat, new messages: 1")
    expect(guest.launcher).to_be_focused()
    assert checks.faults(page) == []
    page.keyboard.press("Shift+Tab")
    expect(card.get_by_role("button", name="Dismiss")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(guest.launcher).to_be_focused()
    agent.write("Still here")
    expect(card).to_contain_text("Still here")
    card.get_by_role("button", name="Still here").click()
    expect(guest.bubbles.last).to_have_text("Still here")
    expect(card).to_have_count(0)


def test_who_comes_back_is_told_without_the_chat(
    shop: str, stack: Stack, open_window: OpenWindow, agent: Agent
) -> None:
    window = open_window()
    page = window.new_page()
    guest = visit(page, f"{shop}/plain.html")
    guest.open_chat()
    guest.start("I will be back")
    guest.chat.get_by_role("button", name="Minimise chat").click()
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.endsWith('talking'))")
    page.goto("about:blank")
    agent.open("I will be back")
    agent.write("Welcome back")
    expect(agent.last_tick).to_have_attribute("aria-label", "Sent")
    with stack.database() as database:
        database.execute(
            "UPDATE tickets_ticket SET last_public_at = last_public_at - interval '31 minutes'"
        )
    asked = asked_of(window, stack)
    page.goto(f"{shop}/plain.html")
    expect(guest.launcher).to_have_accessible_name("Open chat, new messages: 1")
    page.wait_for_load_state("networkidle")
    assert [urlsplit(path).path.rsplit("/")[-1] for path in asked] == ["loader.js", "state.json"]
    with stack.database() as database:
        database.execute(
            "UPDATE tickets_ticket SET last_public_at = last_public_at + interval '31 minutes'"
        )


def test_leaving_empties_the_shops_storage(shop: str, open_window: OpenWindow) -> None:
    page = open_window().new_page()
    guest = visit(page, f"{shop}/plain.html")
    guest.open_chat()
    guest.start("Nobody should read this after me")
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.endsWith('talking'))")
    assert kept(page) >= {"known", "talking"}
    page.reload()
    page.evaluate("() => localStorage.setItem('cart', 'a lamp')")
    page.wait_for_function("() => window.HelpdeskWidget?.logout")
    page.evaluate("() => HelpdeskWidget.logout()")
    page.wait_for_function("() => Object.keys(localStorage).join() === 'cart'")
    guest.open_chat()
    expect(guest.chat.get_by_text("Nobody should read this after me")).to_have_count(0)


@pytest.mark.parametrize("wish", ["doNotTrack", "globalPrivacyControl"])
def test_who_is_not_to_be_followed(shop: str, open_window: OpenWindow, wish: str) -> None:
    page = open_window().new_page()
    value = "'1'" if wish == "doNotTrack" else "true"
    page.add_init_script(
        f"Object.defineProperty(Navigator.prototype, '{wish}', {{ get: () => {value} }})"
    )
    said: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda data: said.append(str(data))))
    guest = visit(page, f"{shop}/routes.html")
    guest.open_chat()
    guest.start("Not followed")
    page.evaluate("() => go('/secret', 'Secret')")
    guest.write("Still not")
    expect(guest.bubbles).to_have_count(2)
    expect(guest.sending).to_have_count(0)
    assert any("Still not" in frame for frame in said)
    assert not any(shop in frame or "ecret" in frame for frame in said)


@pytest.mark.parametrize(("direction", "is_left"), [("ltr", False), ("rtl", True)])
def test_where_the_launcher_stands(
    shop: str, open_window: OpenWindow, direction: str, is_left: bool
) -> None:
    page = open_window().new_page()
    page.add_init_script(
        f"addEventListener('DOMContentLoaded', () => document.dir = '{direction}')"
    )
    guest = visit(page, f"{shop}/plain.html")
    box = guest.launcher.bounding_box()
    assert box
    assert (box["x"] < 640) == is_left
    page.emulate_media(media="print")
    expect(guest.launcher).to_be_hidden()


def test_without_a_panel_the_chat_has_a_page_of_its_own(
    shop: str, open_window: OpenWindow, stack: Stack
) -> None:
    window = open_window()
    window.route("**/panel.js", lambda route: route.abort())
    page = window.new_page()
    guest = visit(page, f"{shop}/plain.html")
    with page.expect_popup() as popup:
        guest.launcher.click()
    popup.value.wait_for_url(f"{stack.url}/chat/**")


def test_a_page_without_an_origin(shop: str, open_window: OpenWindow, stack: Stack) -> None:
    """A sandbox: no storage, and no way to speak with the frame."""
    page = open_window().new_page()
    page.goto(f"{shop}/plain.html")
    page.set_content(
        '<iframe id="shop" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" '
        f'src="{shop}/plain.html" width="900" height="700"></iframe>'
    )
    guest = Guest(page, page.frame_locator("#shop"))
    with page.expect_popup() as popup:
        guest.launcher.click()
    popup.value.wait_for_url(f"{stack.url}/chat/**")
