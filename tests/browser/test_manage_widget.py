"""A manager sets up the widget: in a browser, by keyboard, without JavaScript, and to the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, StorageState, expect
from psycopg.types.json import Jsonb

from tests.browser.checks import faults, movements, sideways
from tests.browser.conftest import DESKTOP, PHONE, OpenWindow
from tests.browser.hosts import shop_at
from tests.browser.screens import Visitor
from tests.browser.stack import Stack

TABS = (
    *("", "look/", "home/", "prechat/", "conversation/", "absence/", "channels/", "privacy/"),
    *("invitations/", "invitations/new/"),
)
LOOKS = {"light-en-desktop": ("light", "en", DESKTOP), "dark-tr-phone": ("dark", "tr", PHONE)}


@pytest.fixture
def inbox(stack: Stack) -> str:
    return f"/manage/inboxes/{stack.value('SELECT min(id) FROM tickets_inbox')}/"


@contextmanager
def speaking(stack: Stack, language: str, theme: str) -> Iterator[None]:
    change = "UPDATE accounts_user SET language = %s, theme = %s"
    with stack.database() as connection:
        connection.execute(change, [language, theme])
        try:
            yield
        finally:
            connection.execute(change, ["en", "light"])


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_every_page_can_be_used_by_everyone(
    look: tuple[str, str, dict[str, int]],
    stack: Stack,
    inbox: str,
    open_window: OpenWindow,
    signed_in_as_admin: StorageState,
) -> None:
    scheme, language, size = look
    page = open_window(
        storage_state=signed_in_as_admin, viewport=size, reduced_motion="reduce"
    ).new_page()
    found: list[str] = []

    def look_at(name: str) -> None:
        wrong = [*faults(page), *sideways(page), *movements(page)]
        found.extend(f"{name}: {fault}" for fault in wrong)

    with speaking(stack, language, scheme):
        for path in [inbox + tab for tab in TABS] + ["/manage/calendars/"]:
            page.goto(path)
            look_at(path)
        page.goto(f"{inbox}prechat/")
        page.locator("[value=add]").click()
        look_at("a new question")
        page.locator(".savebar .btn--primary").click()
        look_at("a question without words")
        page.goto(f"{inbox}install/")
        for address in (f"{stack.url}/demo/en/", f"{stack.url}/help/en/", "ftp://x"):
            check(page, address)
            look_at(f"checked {address}")
        page.goto("/manage/calendars/new/")
        page.locator("[value=tr]").click()
        look_at("holidays")
        page.locator("[name=day_0]").fill("nine to five")
        page.locator(".savebar .btn--primary").click()
        look_at("hours that are none")
    assert not found, "\n".join(found)


def check(page: Page, address: str) -> None:
    page.locator("[name=address]").fill(address)
    page.locator("[name=address]").press("Enter")
    expect(page.locator("#result")).to_be_focused()


def test_questions_are_arranged_without_javascript(
    stack: Stack, inbox: str, open_window: OpenWindow, signed_in_as_admin: StorageState
) -> None:
    window = open_window(storage_state=signed_in_as_admin, java_script_enabled=False)
    page = window.new_page()
    before = stack.value("SELECT settings FROM tickets_inbox ORDER BY id LIMIT 1")
    page.goto(f"{inbox}prechat/")
    count = page.locator(".question").count()
    page.get_by_role("button", name="Add a question").press("Enter")
    new = page.locator(".question").last
    expect(new.get_by_label("Asks for")).to_be_focused()
    new.get_by_label("Asks for").select_option("choice")
    new.get_by_label("Question (English)").fill("What is it about?")
    new.get_by_label("Choices (English)").fill("Return\nOrder")
    for number in range(count + 1, 1, -1):
        button = "up" if number > 2 else "down"
        page.get_by_role("button", name=f"Move question {number} up").press("Enter")
        moved = page.get_by_role("button", name=f"Move question {number - 1} {button}")
        expect(moved).to_be_focused()
    first = page.locator(".question").first
    first.get_by_label("Question (English)").press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(first.get_by_label("Question (English)")).to_have_value("What is it about?")
    expect(first.get_by_label("Choices (English)")).to_have_value("return = Return\norder = Order")
    restore(stack, before)


def restore(stack: Stack, settings: object) -> None:
    stack.rows("UPDATE tickets_inbox SET settings = %s RETURNING id", Jsonb(settings))


def test_what_is_not_saved_is_counted_and_the_first_mistake_has_the_focus(
    inbox: str, open_window: OpenWindow, signed_in_as_admin: StorageState
) -> None:
    page = open_window(storage_state=signed_in_as_admin).new_page()
    page.goto(f"{inbox}look/")
    status = page.locator(".savebar__count")
    expect(status).to_be_hidden()
    page.get_by_label("From the side, in pixels").fill("900")
    page.get_by_label("Left").check()
    expect(status).to_have_text("Unsaved changes: 2")
    page.get_by_label("Right").check()
    expect(status).to_have_text("Unsaved changes: 1")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("From the side, in pixels")).to_be_focused()
    expect(page.get_by_label("From the side, in pixels")).to_have_value("900")
    expect(status).to_have_text("Not saved yet")


def test_an_open_chat_follows_its_settings(
    stack: Stack, inbox: str, visitor: Visitor, open_window: OpenWindow,
    signed_in_as_admin: StorageState,
) -> None:  # fmt: skip
    before = stack.value("SELECT settings FROM tickets_inbox ORDER BY id LIMIT 1")
    page = open_window(storage_state=signed_in_as_admin).new_page()
    page.goto(f"{inbox}channels/")
    page.get_by_label("Telegram").fill("https://t.me/lumen_oak_news")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    link = visitor.chat.locator('[href="https://t.me/lumen_oak_news"]')
    expect(link).to_be_visible(timeout=30_000)
    restore(stack, before)


def test_from_nothing_to_a_chat_on_a_page(
    stack: Stack, open_window: OpenWindow, signed_in_as_admin: StorageState
) -> None:
    page = open_window(storage_state=signed_in_as_admin).new_page()
    page.goto("/manage/inboxes/new/")
    page.get_by_label("Name").fill("Wholesale")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wholesale")
    snippet = page.locator("#snippet").inner_text()
    public_id = stack.value("SELECT public_id FROM tickets_inbox ORDER BY id DESC LIMIT 1")
    assert str(public_id) in snippet
    with shop_at("127.0.0.1", stack.url, str(public_id)) as shop:
        check(page, shop)
        expect(page.locator(".findings")).to_contain_text("usual ports")
        guest = open_window().new_page()
        guest.goto(f"{shop}/plain.html")
        expect(guest.locator("[data-helpdesk] .launcher")).to_be_visible()
        page.reload()
        expect(page.locator(".seen")).to_contain_text(shop)
    stack.rows("DELETE FROM tickets_inbox WHERE public_id = %s RETURNING id", public_id)


def test_a_shop_that_isolates_itself_shows_the_chat(stack: Stack, open_window: OpenWindow) -> None:
    inbox = stack.value("SELECT public_id FROM tickets_inbox ORDER BY id LIMIT 1")
    page = open_window().new_page()
    html = f'<!doctype html><script async src="{stack.url}/widget/loader.js?i={inbox}"></script>'
    headers = {
        "Content-Type": "text/html",
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    address = f"{stack.url}/an-isolated-shop/"
    page.route(address, lambda route: route.fulfill(body=html, headers=headers))
    visitor = Visitor(page)
    visitor.page.goto(address)
    assert page.evaluate("crossOriginIsolated")
    visitor.open_chat()
