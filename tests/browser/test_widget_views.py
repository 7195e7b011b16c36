"""The ways in and around a chat: forms, queue, absence, a call, and answers without a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect
from psycopg.types.json import Jsonb

from tests.browser.conftest import PHONE, OpenWindow
from tests.browser.screens import Agent, Visitor
from tests.browser.stack import Stack
from tests.browser.test_accessibility import (
    Faults,
    Look,
    looks,
    nobody_there,
    window_for,
)
from tests.browser.test_keyboard import tab_to

WARSAW = ZoneInfo("Europe/Warsaw")
TICKET = """
SELECT t.via, t.status, c.email FROM tickets_ticket t
JOIN tickets_message m ON m.ticket_id = t.number
JOIN tickets_contact c ON c.id = t.contact_id WHERE m.body = %s
"""
SLOTS = """
UPDATE accounts_agentcapacity SET chats = {} WHERE user_id =
    (SELECT id FROM accounts_user WHERE email LIKE 'maja@%')
"""
# One after the other they waited two and a half minutes each, so that a range can be told.
FIVE_WAITED = """
INSERT INTO tickets_ticketevent (ticket_id, name, actor_kind, data, created_at)
SELECT (SELECT min(number) FROM tickets_ticket), 'assigned', 'system',
    jsonb_build_object('waited', 150, 'queue', (SELECT team_id FROM tickets_inbox)),
    now() - n * interval '3 minutes' FROM generate_series(1, 6) n
"""


@contextmanager
def changed(stack: Stack, change: str, back: str) -> Iterator[None]:
    with stack.database() as connection:
        connection.execute(change)
        try:
            yield
        finally:
            connection.execute(back)


def full(stack: Stack) -> AbstractContextManager[None]:
    """Maja is there and has no free slot; others have waited before, so that a wait can be told."""
    stack.rows(FIVE_WAITED + "RETURNING id")
    return changed(stack, SLOTS.format(1), SLOTS.format(1000))


@contextmanager
def closed(stack: Stack, opens: datetime) -> Iterator[None]:
    """Nobody works before `opens`."""
    day = [[opens.strftime("%H:%M"), "18:00"]]
    exceptions = [
        {"date": str(opens.date() + timedelta(days=n)), "name": "", "intervals": []}
        for n in range(-3, 0)
    ]
    with stack.database() as connection:
        (before,) = connection.execute("SELECT calendar_id FROM tickets_inbox").fetchone() or (
            None,
        )
        (key,) = connection.execute(
            "INSERT INTO accounts_calendar (name, time_zone, weekly, exceptions, created_at)"
            " VALUES ('Rarely', 'Europe/Warsaw', %s, %s, now()) RETURNING id",
            [Jsonb({str(opens.weekday()): day}), Jsonb(exceptions)],
        ).fetchone() or (None,)
        connection.execute("UPDATE tickets_inbox SET calendar_id = %s", [key])
        try:
            yield
        finally:
            connection.execute("UPDATE tickets_inbox SET calendar_id = %s", [before])
            connection.execute("DELETE FROM accounts_calendar WHERE id = %s", [key])


def alone(open_window: OpenWindow, stack: Stack, **options: object) -> Page:
    """The widget on a page of its own."""
    page = open_window(**options).new_page()
    inbox = stack.value("SELECT public_id FROM tickets_inbox")
    page.goto(f"/widget/{inbox}/frame/?lang=en&theme=light")
    expect(page.locator("#title")).to_be_visible()
    return page


def test_what_is_asked_before_a_chat_is_asked_once(stack: Stack, visitor: Visitor) -> None:
    chat, text = visitor.chat, "My Halo shade arrived cracked"
    chat.get_by_role("button", name="Start a chat").click()
    chat.get_by_role("button", name="Start chat").click()
    expect(visitor.first_message).to_be_focused()
    expect(visitor.first_message).to_have_accessible_description("Write a message first")
    visitor.first_message.fill(text)
    expect(chat.get_by_text("Write a message first")).to_have_count(0)

    email = chat.get_by_label("E-mail")
    email.press_sequentially("elif@")
    expect(email).not_to_have_attribute("aria-invalid", "true")
    email.blur()
    expect(email).to_have_accessible_description("Enter an e-mail address like name@example.com")

    visitor.page.reload()
    visitor.open_chat()
    expect(visitor.first_message).to_have_value(text)
    # The browser thinks it well, the server does not.
    email.fill("elif@lamp_shop.example")
    chat.get_by_role("button", name="Start chat").click()
    expect(email).to_have_attribute("aria-invalid", "true")
    expect(email).to_be_focused()
    expect(visitor.first_message).to_have_value(text)

    email.fill("elif@lamp-shop.example")
    chat.get_by_role("button", name="Start chat").click()
    expect(visitor.bubbles).to_have_text([text])
    expect(visitor.last_tick).to_have_attribute("aria-label", "Sent")
    assert stack.rows(TICKET, text) == [("chat", "open", "elif@lamp-shop.example")]

    visitor.end()
    chat.get_by_role("button", name="Start a new chat").click()
    expect(visitor.composer).to_be_focused()


def test_who_waits_knows_how_long_and_may_leave(
    stack: Stack, visitor: Visitor, agent: Agent
) -> None:
    chat = visitor.chat
    chat.get_by_role("button", name="Start a chat").click()
    chat.get_by_label("E-mail").fill("waits@lamp-shop.example")
    with full(stack):
        visitor.send_form("Is it my turn?")
        expect(chat.get_by_role("heading", level=1)).to_have_text("You’re in the queue")
        expect(chat.locator(".place")).to_contain_text(
            re.compile(r"\d to \d\smin|(under|about) \d\smin")
        )
        expect(chat.locator(".place")).to_contain_text("You’re next")
        chat.get_by_role("button", name="Leave the queue").click()
        chat.get_by_role("button", name="Keep waiting").click()
        expect(chat.get_by_role("dialog", name="Leave the queue?")).to_have_count(0)
        chat.get_by_role("button", name="Leave the queue").click()
        chat.locator("dialog").get_by_role("button", name="Leave the queue").click()
        expect(chat.get_by_text("This conversation has ended.")).to_be_visible()
        assert stack.rows(TICKET, "Is it my turn?")[0][1] == "solved"

        chat.get_by_role("button", name="Start a new chat").click()
        visitor.write("Then by mail")
        expect(chat.get_by_role("heading", level=1)).to_have_text("You’re in the queue")
        chat.get_by_role("button", name="Leave a message").click()
        expect(chat.get_by_text("Then by mail")).to_be_visible()
        expect(chat.get_by_label("E-mail")).to_have_value("waits@lamp-shop.example")
        chat.get_by_role("button", name="Send message").click()
        expect(chat.get_by_text("Thank you, we got your message.")).to_be_visible()
        assert stack.rows(TICKET, "Then by mail")[0][0] == "message"
        chat.get_by_role("button", name="Go to Messages").click()
        expect(chat.get_by_role("button", name="Then by mail")).to_be_visible()


def test_who_waits_may_write_on_and_is_led_to_whoever_comes(
    stack: Stack, visitor: Visitor, agent: Agent
) -> None:
    chat = visitor.chat
    chat.get_by_role("button", name="Start a chat").click()
    with nobody_there(stack):
        visitor.send_form("Anybody there?")
        expect(chat.get_by_text("We can’t estimate the wait right now")).to_be_visible()
        chat.get_by_role("button", name="Write more").click()
        visitor.write("I have a photo, too")
        expect(visitor.bubbles).to_have_text(["Anybody there?", "I have a photo, too"])
        chat.get_by_role("button", name="Details").click()
        expect(chat.get_by_role("heading", level=1)).to_have_text("You’re in the queue")
        ticket = stack.value(
            "SELECT t.public_id FROM tickets_ticket t JOIN tickets_message m"
            " ON m.ticket_id = t.number WHERE m.body = 'Anybody there?'"
        )
        agent.page.goto(f"/console/?view=all&ticket={ticket}")
        expect(agent.composer).to_be_visible()
        agent.write("Here I am")
        expect(visitor.bubbles.last).to_have_text("Here I am")
        expect(visitor.composer).to_be_visible()


def test_nobody_is_promised_a_chat_while_we_are_closed(
    stack: Stack, open_window: OpenWindow
) -> None:
    opens = datetime.combine(datetime.now(WARSAW).date() + timedelta(days=3), time(15), WARSAW)
    there = opens.astimezone(ZoneInfo("America/New_York"))
    with closed(stack, opens):
        page = alone(open_window, stack, viewport=PHONE, timezone_id="America/New_York")
        expect(page.get_by_role("heading", level=1)).to_have_text("We’re away right now")
        expect(page.get_by_text(f"Back: {there:%A}, {there:%H:%M} (your time)")).to_be_visible()
        expect(page.get_by_role("button", name="Start a chat")).to_have_count(0)

        page.get_by_role("button", name="Send message").click()
        expect(page.get_by_label("E-mail")).to_be_focused()
        page.get_by_label("E-mail").fill("night@lamp-shop.example")
        page.get_by_label("Your message").fill("Read this in the morning")
        page.get_by_role("button", name="Send message").click()
        expect(page.get_by_text("Thank you, we got your message.")).to_be_visible()
        expect(page.get_by_text("night@lamp-shop.example")).to_be_visible()
        found = stack.rows(TICKET, "Read this in the morning")
        assert [(via, email) for via, _status, email in found] == [
            ("message", "night@lamp-shop.example")
        ]
        page.get_by_role("button", name="Go to Messages").click()
        page.get_by_role("button", name="Read this in the morning").click()
        expect(page.locator(".bubble")).to_have_text(["Read this in the morning"])
        page.get_by_role("button", name="Back").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Messages")


def test_a_call_is_asked_for(stack: Stack, open_window: OpenWindow) -> None:
    page = alone(open_window, stack, timezone_id="Europe/Istanbul")
    page.get_by_role("button", name="Get a call back").click()
    page.locator(".days .pick").last.click()
    page.locator(".slots3 .pick").last.click()
    page.get_by_role("button", name="Request a call").click()
    phone = page.get_by_label("Phone number")
    expect(phone).to_be_focused()
    phone.fill("call me")
    phone.blur()
    expect(phone).to_have_attribute("aria-invalid", "true")
    phone.fill("+48 61 555 01 99")
    summary = page.locator(".filled__sum").inner_text()
    page.get_by_role("button", name="Request a call").click()
    expect(page.locator(".thanks__text")).to_have_text(
        re.compile("^We’ll call you .* between .* and ")
    )
    start, phone_kept = stack.rows(
        "SELECT starts_at, phone FROM tickets_callback ORDER BY id DESC LIMIT 1"
    )[0]
    assert phone_kept == "+48615550199"
    assert f"{start.astimezone(ZoneInfo('Europe/Istanbul')):%H:%M}" in summary
    assert start > datetime.now(UTC)
    page.get_by_role("button", name="Go to Messages").click()
    expect(page.get_by_role("button", name="Call back")).to_be_visible()


def test_an_answer_is_found_and_a_person_asked_with_the_keyboard_alone(
    stack: Stack, open_window: OpenWindow
) -> None:
    visitor = Visitor(open_window().new_page())
    page, chat = visitor.page, visitor.chat
    visitor.open_shop("/demo/en/thanks/")
    tab_to(page, visitor.launcher)
    page.keyboard.press("Enter")
    expect(chat.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("warranty", delay=5)
    field = chat.get_by_role("searchbox")
    expect(field).to_have_value("warranty")
    expect(field).to_be_focused()
    expect(chat.get_by_role("status").filter(has_text="“warranty”")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(chat.locator(".hit").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(chat.locator(".article__title")).to_be_focused()
    tab_to(page, chat.get_by_role("button", name="No, ask a person"))
    page.keyboard.press("Enter")
    expect(chat.get_by_role("heading", level=1)).to_have_text("Start a chat")
    tab_to(page, chat.get_by_role("button", name="Back"), back=True)
    page.keyboard.press("Enter")
    expect(chat.locator(".article__title")).to_be_visible()
    page.keyboard.press("Escape")
    expect(visitor.launcher).to_be_focused()
    page.keyboard.press("Enter")
    expect(chat.locator(".article__title")).to_be_visible()


def test_without_a_network_the_search_says_so_and_tries_again(
    stack: Stack, open_window: OpenWindow
) -> None:
    page = alone(open_window, stack)
    page.route("**/help/?*", lambda route: route.abort())
    page.get_by_role("searchbox").press_sequentially("warranty")
    expect(page.get_by_text("Searching works again when you’re back.")).to_be_visible()
    page.unroute("**/help/?*")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".hit").first).to_be_visible()


def test_answers_are_offered_while_the_first_message_is_written(
    stack: Stack, open_window: OpenWindow
) -> None:
    page = alone(open_window, stack)
    page.get_by_role("button", name="Start a chat").click()
    page.get_by_label("Your message").press_sequentially("How long is the warranty")
    offered = page.get_by_role("complementary", name="This may help")
    expect(offered).to_be_visible()
    offered.locator(".popular__link").first.click()
    expect(page.locator(".article__title")).to_be_visible()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("Your message")).to_have_value("How long is the warranty")
    expect(offered).to_be_visible()
    page.get_by_role("button", name="Hide suggestions").click()
    expect(offered).to_have_count(0)


@looks
def test_every_view_is_for_everybody(look: Look, stack: Stack, open_window: OpenWindow) -> None:
    scheme, language, _size = look
    page, faults = window_for(look, open_window).new_page(), Faults()
    inbox = stack.value("SELECT public_id FROM tickets_inbox")
    frame = f"/widget/{inbox}/frame/?lang={language}&theme={scheme}"
    page.goto(frame)
    look_at_answers(page, faults)
    look_at_forms(page, faults)
    with nobody_there(stack):
        look_at_queue(page, faults, f"Queued in {scheme} and {language}")
        page.goto(frame)
        look_at_absence(page, faults, f"Left in {scheme} and {language}")
    assert not faults.found, faults


def look_at_answers(page: Page, faults: Faults) -> None:
    expect(page.locator(".talk")).to_be_visible()
    faults.look_at("home", page)
    for tab in (1, 2):
        page.locator(".wtabs button").nth(tab).click()
        expect(page.locator(".wtabs button").nth(tab)).to_have_attribute("aria-current", "page")
        faults.look_at(f"tab {tab}", page)
    page.locator(".search input").press_sequentially("led")
    expect(page.locator(".help__summary")).not_to_be_empty()
    faults.look_at("search", page)
    page.locator(".hit, .popular__link").first.click()
    expect(page.locator(".article__title")).to_be_visible()
    faults.look_at("article", page)
    go_back(page)
    go_back(page)
    page.locator(".wtabs button").first.click()


def look_at_forms(page: Page, faults: Faults) -> None:
    page.locator(".ways .choice").first.click()
    expect(page.locator(".slots3")).to_be_visible()
    faults.look_at("call", page)
    go_back(page)
    page.locator(".talk button").click()
    page.locator(".filled__foot button").click()
    expect(page.locator(".error").first).to_be_visible()
    faults.look_at("form with faults", page)


def look_at_queue(page: Page, faults: Faults, text: str) -> None:
    page.locator("#f-message").fill(text)
    page.locator(".filled__foot button").click()
    expect(page.locator(".place")).to_be_visible()
    faults.look_at("queue", page)
    page.locator(".leaving > button").click()
    expect(page.locator("#leave-ask")).to_be_visible()
    faults.look_at("asked whether to leave", page)
    page.locator("dialog[open] button").last.click()
    expect(page.locator(".ended")).to_be_visible()
    go_back(page)


def look_at_absence(page: Page, faults: Faults, text: str) -> None:
    expect(page.locator(".leave")).to_be_visible()
    faults.look_at("nobody there", page)
    page.locator("#f-email").fill("away@lamp-shop.example")
    page.locator("#f-message").fill(text)
    page.locator(".leave .btn--brand").click()
    expect(page.locator(".thanks .btn--brand")).to_be_focused()
    faults.look_at("thanks", page)


def go_back(page: Page) -> None:
    page.locator(".widget__head button").first.click()
