"""A customer is known everywhere, leaves nothing on a shared device, and asks for his data."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import jwt
import pytest
from playwright.sync_api import BrowserContext, StorageState, expect

from tests.browser import checks
from tests.browser.conftest import OpenWindow
from tests.browser.screens import Visitor
from tests.browser.stack import Stack

LISTEN = "() => { window.told = []; HelpdeskWidget.on('identified', ({ ok }) => told.push(ok)); }"
STORED = "() => Object.keys(localStorage).filter((key) => key.startsWith('helpdesk:'))"


class Shop:
    """The server of the shop: it has a key, made by a manager on the page for it."""

    def __init__(self, inbox: str, kid: str, secret: str) -> None:
        self.inbox, self.kid, self.secret = inbox, kid, secret

    def sign(self, sub: str, **claims: Any) -> str:
        said = {"sub": sub, "aud": self.inbox, "exp": int(time.time()) + 3600, **claims}
        return jwt.encode(said, self.secret, algorithm="HS256", headers={"kid": self.kid})


class Customer(Visitor):
    """Somebody before a page of the shop, who may be signed in to it."""

    def enter(self, assertion: str = "") -> None:
        self.open_shop()
        self.page.evaluate(LISTEN)
        if assertion:
            self.identify(assertion)

    def identify(self, assertion: str) -> None:
        self.page.evaluate("(token) => HelpdeskWidget.identify(token)", assertion)

    def logout(self) -> None:
        self.page.evaluate("() => HelpdeskWidget.logout()")

    def is_told(self, *answers: bool) -> None:
        self.page.wait_for_function("(n) => told.length >= n", arg=len(answers))
        assert self.page.evaluate("() => told") == list(answers)

    @property
    def stored(self) -> list[str]:
        """By the frame and by the page, which here have one origin."""
        return list(self.page.evaluate(STORED))


@pytest.fixture(scope="module")
def inbox(stack: Stack) -> str:
    return str(stack.value("SELECT public_id FROM tickets_inbox"))


@pytest.fixture(scope="module")
def lamps(stack: Stack, browser: Any, signed_in_as_admin: StorageState, inbox: str) -> Shop:
    window = browser.new_context(base_url=stack.url, storage_state=signed_in_as_admin)
    page = window.new_page()
    page.goto(f"/manage/inboxes/{stack.value('SELECT id FROM tickets_inbox')}/identity/")
    page.get_by_role("button", name="New key").click()
    secret = page.locator("#secret").inner_text()
    kid = page.locator("td code").first.inner_text()
    window.close()
    return Shop(inbox, kid, secret)


def customer(window: BrowserContext) -> Customer:
    return Customer(window.new_page())


def test_a_stranger_becomes_a_customer_and_is_known_elsewhere(
    lamps: Shop, open_window: OpenWindow
) -> None:
    window = open_window()
    first, second_tab = customer(window), customer(window)
    first.enter()
    first.open_chat()
    first.start("Does the Halo dim?")
    second_tab.enter()
    second_tab.open_chat()
    expect(second_tab.bubbles).to_have_text(["Does the Halo dim?"])
    first.composer.fill("And is it")
    anna = lamps.sign("anna", name="Anna")
    first.identify(anna)
    first.is_told(True)
    expect(first.composer).to_have_value("And is it")
    first.write("And is it oak?")
    for screen in (first, second_tab):
        expect(screen.bubbles).to_have_text(["Does the Halo dim?", "And is it oak?"])

    elsewhere = customer(open_window())
    elsewhere.enter(anna)
    elsewhere.open_chat()
    elsewhere.is_told(True)
    elsewhere.chat.get_by_role("button", name="Continue the chat").click()
    expect(elsewhere.bubbles).to_have_text(["Does the Halo dim?", "And is it oak?"])
    first.write("Or ash?")
    expect(elsewhere.bubbles.last).to_have_text("Or ash?")


def test_who_leaves_leaves_nothing(lamps: Shop, open_window: OpenWindow) -> None:
    window = open_window()
    first, second_tab = customer(window), customer(window)
    assertion = lamps.sign("berta", name="Berta")
    first.enter(assertion)
    first.open_chat()
    first.start("Berta's question")
    expect(first.last_tick).to_have_attribute("aria-label", "Sent")
    second_tab.enter()
    second_tab.open_chat()
    expect(second_tab.bubbles).to_have_text(["Berta's question"])
    first.logout()
    for screen in (first, second_tab):
        expect(screen.chat.get_by_role("button", name="Start a chat")).to_be_visible()
        expect(screen.chat.get_by_text("Berta")).to_have_count(0)
    assert not [key for key in first.stored if key.endswith(("identified", "talking"))]
    first.identify(assertion)
    first.is_told(True, False)
    first.page.reload()
    first.enter(assertion)
    first.open_chat()
    first.is_told(False)
    expect(first.chat.get_by_role("button", name="Start a chat")).to_be_visible()
    expect(first.chat.get_by_text("Berta")).to_have_count(0)
    first.identify(lamps.sign("berta"))
    first.is_told(False, True)
    expect(first.chat.get_by_role("button", name="Continue the chat")).to_be_visible()


def test_the_next_customer_sees_nothing_of_the_one_before(
    lamps: Shop, open_window: OpenWindow
) -> None:
    screen = customer(open_window())
    screen.enter(lamps.sign("carl", name="Carl"))
    screen.open_chat()
    screen.start("Carl's own question")
    expect(screen.last_tick).to_have_attribute("aria-label", "Sent")
    screen.composer.fill("Carl's draft")
    screen.identify(lamps.sign("dora", name="Dora"))
    expect(screen.chat.get_by_role("button", name="Start a chat")).to_be_visible()
    expect(screen.chat.get_by_text("Carl")).to_have_count(0)
    screen.start("Dora's own question")
    expect(screen.bubbles).to_have_text(["Dora's own question"])
    expect(screen.composer).to_have_value("")
    screen.identify(lamps.sign("carl"))
    screen.chat.get_by_role("button", name="Continue the chat").click()
    expect(screen.bubbles).to_have_text(["Carl's own question"])


def test_whoever_is_refused_can_write_all_the_same(lamps: Shop, open_window: OpenWindow) -> None:
    screen = customer(open_window())
    screen.enter(lamps.sign("eve", exp=int(time.time()) - 600))
    screen.open_chat()
    screen.is_told(False)
    screen.start("A stranger's question")
    expect(screen.last_tick).to_have_attribute("aria-label", "Sent")


def test_what_the_page_says_reaches_the_agent(
    lamps: Shop, open_window: OpenWindow, agent: Any
) -> None:
    screen = customer(open_window())
    screen.enter(lamps.sign("frida", name="Frida", attributes={"plan": "gold"}))
    screen.page.evaluate("() => HelpdeskWidget.setAttributes({ basket: 99.5 })")
    with screen.page.expect_response("**/attributes/"):
        screen.open_chat()
    screen.start("Is the Halo in stock?")
    agent.open("Is the Halo in stock?")
    details = agent.page.locator(".pane--details")
    expect(details.get_by_text("Verified")).to_be_visible()
    expect(details.get_by_text("Confirmed by the shop")).to_be_visible()
    expect(details.get_by_text("Said by the page, not confirmed")).to_be_visible()
    expect(details.locator("dd").filter(has_text="gold")).to_be_visible()
    expect(details.locator("dd").filter(has_text="99.5")).to_be_visible()


def privacy(screen: Customer) -> None:
    screen.chat.get_by_role("button", name="Your data and privacy").click()
    expect(screen.chat.get_by_role("heading", name="Your data and privacy")).to_be_visible()


def test_a_visitor_gets_his_data_and_asks_to_be_forgotten(
    stack: Stack, open_window: OpenWindow, tmp_path: Path
) -> None:
    screen = customer(open_window())
    screen.enter()
    screen.open_chat()
    screen.start("My only question")
    screen.chat.get_by_role("button", name="Back", exact=True).first.click()
    privacy(screen)
    frame = screen.page.frame("frame") or screen.page.frames[-1]
    assert checks.faults(frame) == []
    with screen.page.expect_download() as download:
        screen.chat.get_by_role("button", name="Download my data").click()
    download.value.save_as(tmp_path / "copy.json")
    copy = json.loads((tmp_path / "copy.json").read_text())
    (conversation,) = copy["conversations"]
    assert conversation["messages"][0]["text"] == "My only question"
    for _ in range(2):
        screen.chat.get_by_role("button", name="Ask for deletion").first.click()
        dialog = screen.chat.get_by_role("dialog", name="Ask for deletion")
        dialog.get_by_role("button", name="Ask for deletion").click()
        expect(screen.chat.get_by_role("status").first).to_contain_text("We have your request")
    contact = "SELECT contact_id FROM tickets_ticket WHERE last_public_preview = 'My only question'"
    asked = f"SELECT count(*) FROM chat_erasurerequest WHERE contact_id = ({contact})"
    assert stack.value(asked) == 1
    screen.chat.get_by_role("button", name="Forget me on this device").click()
    dialog = screen.chat.get_by_role("dialog", name="Forget me on this device")
    dialog.get_by_role("button", name="Forget me on this device").click()
    expect(screen.chat.get_by_role("button", name="Start a chat")).to_be_visible()
    expect(screen.chat.get_by_role("button", name="Continue the chat")).to_have_count(0)
