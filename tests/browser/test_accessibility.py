"""Every screen in a set of themes, languages and widths that covers each of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, StorageState, expect

from tests.browser.checks import faults, movements, sideways
from tests.browser.conftest import DESKTOP, PHONE, OpenWindow
from tests.browser.screens import Agent, Visitor
from tests.browser.stack import Stack
from tests.browser.story import Story

# color scheme, language, size
LOOKS = {
    "light-en-desktop": ("light", "en", DESKTOP),
    "dark-tr-phone": ("dark", "tr", PHONE),
    "light-pl-phone": ("light", "pl", PHONE),
    "dark-pl-desktop": ("dark", "pl", DESKTOP),
}
PUBLIC = (
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/signup/",
    "/help/{language}/",
    "/help/{language}/ways-to-pay/",
    "/demo/{language}/",
    "/demo/{language}/lamps/halo/",
    "/demo/{language}/checkout/",
    "/no-such-page/",
)
MANAGE = (
    "/manage/agents/",
    "/manage/agents/new/",
    "/manage/teams/",
    "/manage/teams/new/",
    "/manage/inboxes/",
    "/manage/inboxes/new/",
)
Look = tuple[Any, str, Any]
looks = pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())


class Faults:
    """Gathers over many screens, so that one run names them all."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.look = ""

    def __str__(self) -> str:
        return "\n".join(self.found)

    def look_at(self, name: str, page: Page) -> None:
        found = [*faults(page), *sideways(page), *movements(page)]
        self.found += [f"{self.look}{name}: {fault}" for fault in found]


def window_for(look: Look, open_window: OpenWindow, **options: Any) -> BrowserContext:
    scheme, language, size = look
    return open_window(
        color_scheme=scheme, locale=language, viewport=size, reduced_motion="reduce", **options
    )


@looks
def test_pages_for_everybody(look: Look, open_window: OpenWindow) -> None:
    page, faults = window_for(look, open_window).new_page(), Faults()
    for path in PUBLIC:
        page.goto(path.format(language=look[1]))
        faults.look_at(path, page)
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill("nobody@lumen-oak.example")
    page.locator("[name=password]").fill("a wrong one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    faults.look_at("refused sign-in", page)
    assert not faults.found, faults


@pytest.mark.parametrize("name", ["light-en-desktop", "dark-tr-phone"])
def test_managers_pages(
    name: str, stack: Stack, open_window: OpenWindow, signed_in_as_admin: StorageState
) -> None:
    look = LOOKS[name]
    page = window_for(look, open_window, storage_state=signed_in_as_admin).new_page()
    faults = Faults()
    with speaking(stack, look[1]):
        for path in MANAGE:
            page.goto(path)
            faults.look_at(path, page)
    assert not faults.found, faults


@looks
def test_console(
    look: Look, stack: Stack, open_window: OpenWindow, signed_in: StorageState
) -> None:
    page = window_for(look, open_window, storage_state=signed_in).new_page()
    agent, faults = Agent(page), Faults()
    with speaking(stack, look[1]):
        agent.open_console()
        faults.look_at("list", page)
        agent.rows.first.click()
        expect(agent.bubbles.last).to_be_visible()
        faults.look_at("thread", page)
        page.locator("#conv-name").press("n")
        expect(page.locator(".composer--note")).to_be_visible()
        faults.look_at("note", page)
        for key, opened in (("a", "menu"), ("?", "dialog")):
            page.locator("#conv-name").press(key)
            expect(page.get_by_role(opened)).to_be_visible()
            faults.look_at(f"after {key}", page)
            page.keyboard.press("Escape")
        agent.open_console()
        page.keyboard.press("Shift+M")
        expect(page.get_by_role("menu")).to_be_visible()
        faults.look_at("my own menu", page)
    assert not faults.found, faults


def test_chat(stack: Stack, visitor: Visitor, agent: Agent) -> None:
    Story(stack, visitor, agent).agent_writes()
    inbox = stack.value("SELECT public_id FROM tickets_inbox")
    page = visitor.page.context.new_page()
    page.set_viewport_size({"width": 400, "height": 700})
    faults = Faults()
    for scheme, language, _size in LOOKS.values():
        faults.look = f"{scheme} {language} "
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(f"/widget/{inbox}/frame/?lang={language}&theme={scheme}")
        look_at_open_chat(page, faults)
    visitor.end()
    expect(visitor.chat.locator(".rating")).to_be_visible()
    for scheme, language, _size in LOOKS.values():
        faults.look = f"{scheme} {language} "
        page.emulate_media(color_scheme=scheme)
        page.goto(f"/widget/{inbox}/frame/?lang={language}&theme={scheme}")
        look_at_ended_chat(page, faults)
    assert not faults.found, faults


def look_at_open_chat(page: Page, faults: Faults) -> None:
    expect(page.locator(".bubble").first).to_be_visible()
    faults.look_at("conversation", page)
    page.locator("[aria-haspopup=menu]").click()
    faults.look_at("menu", page)
    page.get_by_role("menuitem").last.click()
    expect(page.locator("#end-ask")).to_be_visible()
    faults.look_at("asked whether to end", page)
    page.keyboard.press("Escape")
    page.locator(".widget__head button").first.click()
    expect(page.locator(".talk")).to_be_visible()
    faults.look_at("home", page)
    page.locator(".talk button").click()


def look_at_ended_chat(page: Page, faults: Faults) -> None:
    """It opens again where it was: at the rating."""
    expect(page.locator(".rating")).to_be_visible()
    faults.look_at("rating", page)
    page.locator(".rating .btn--brand").click()
    expect(page.get_by_role("alert")).to_be_visible()
    faults.look_at("rating without a face", page)
    page.locator(".widget__head button").first.click()
    expect(page.locator(".ended")).to_be_visible()
    faults.look_at("ended", page)
    page.locator(".ended button").first.click()
    expect(page.locator(".rating")).to_be_visible()


def test_a_shop_with_the_chat_open(stack: Stack, open_window: OpenWindow) -> None:
    visitor = Visitor(open_window(reduced_motion="reduce", viewport=PHONE).new_page())
    visitor.open_shop()
    visitor.open_chat()
    visitor.chat.get_by_role("button", name="Start a chat").click()
    with nobody_there(stack):
        visitor.send_form("Is anybody there?")
        expect(visitor.chat.get_by_text("You’re in the queue")).to_be_visible()
        chat = visitor.page.frames[1]
        found = [*faults(chat), *faults(visitor.page), *movements(chat)]
        visitor.chat.get_by_role("button", name="Minimise chat").click()
        found += [*faults(visitor.page), *sideways(visitor.page)]
        assert not found, "\n".join(found)


@contextmanager
def speaking(stack: Stack, language: str) -> Iterator[None]:
    """The console and the managers' pages in another language."""
    change = "UPDATE accounts_user SET language = %s"
    with stack.database() as connection:
        connection.execute(change, [language])
        yield
        connection.execute(change, ["en"])


@contextmanager
def nobody_there(stack: Stack) -> Iterator[None]:
    """Chats that begin now have to wait."""
    change = "UPDATE accounts_user SET availability = %s WHERE email LIKE 'maja@%%'"
    with stack.database() as connection:
        connection.execute(change, ["away"])
        yield
        connection.execute(change, ["online"])
