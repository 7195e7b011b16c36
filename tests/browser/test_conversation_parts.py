"""What a conversation has beside its messages: emoji, menu, lines, cards, copies, its end."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Frame, expect

from tests.browser.checks import faults, movements
from tests.browser.conftest import PHONE, OpenWindow
from tests.browser.screens import Agent, Visitor
from tests.browser.stack import Stack

# Whoever starts a chat needs somebody who could take it.
pytestmark = pytest.mark.usefixtures("agent")
CONVERSATION = """
UPDATE tickets_inbox SET settings =
    settings || jsonb_build_object('conversation', %s::jsonb) WHERE kind = 'chat' RETURNING id
"""
SCROLLED = "box => box.scrollTop + box.clientHeight - box.scrollHeight"


def frame_of(visitor: Visitor) -> Frame:
    handle = visitor.page.locator("iframe#frame").element_handle()
    frame = handle.content_frame()
    assert frame
    return frame


def option(visitor: Visitor, name: str, role: str = "menuitem") -> None:
    visitor.chat.get_by_role("button", name="Chat options").click()
    visitor.chat.get_by_role(role, name=name).click()


def kept(visitor: Visitor) -> dict[str, str]:
    """What the frame's storage keeps, without the inbox's prefix."""
    stored = frame_of(visitor).evaluate("() => ({ ...localStorage })")
    return {key.split(":", 2)[2]: value for key, value in stored.items()}


@pytest.fixture
def inbox_that_peeks(stack: Stack) -> Iterator[None]:
    before = stack.value("SELECT settings->'conversation' FROM tickets_inbox WHERE kind = 'chat'")
    stack.rows(CONVERSATION, json.dumps({"peek": True}))
    yield
    stack.rows(CONVERSATION, json.dumps(before or {}))


def test_emoji_with_the_keyboard_alone(visitor: Visitor) -> None:
    visitor.start("Are you there?")
    page, chat = visitor.page, visitor.chat
    expect(visitor.composer).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    emoji = chat.get_by_role("button", name="Emoji")
    expect(emoji).to_be_focused()
    page.keyboard.press("Enter")
    cells = chat.get_by_role("gridcell")
    expect(cells.first).to_be_focused()
    assert faults(frame_of(visitor)) == []
    page.keyboard.press("End")
    expect(cells.last).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    expect(cells.nth(8)).to_be_focused()
    page.keyboard.press("Escape")
    expect(emoji).to_be_focused()
    expect(cells).to_have_count(0)
    expect(visitor.launcher).to_have_attribute("aria-expanded", "true")


def test_emoji_go_where_the_caret_stands(visitor: Visitor) -> None:
    visitor.start("Are you there?")
    page, chat = visitor.page, visitor.chat
    emoji, cells = chat.get_by_role("button", name="Emoji"), chat.get_by_role("gridcell")
    visitor.composer.fill("Yes  no")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    emoji.click()
    expect(cells.first).to_be_focused()
    page.keyboard.press("ArrowRight")
    chosen = cells.nth(1).inner_text()
    page.keyboard.press("Enter")
    expect(visitor.composer).to_be_focused()
    expect(visitor.composer).to_have_value(f"Yes {chosen} no")
    page.keyboard.press("Enter")
    expect(visitor.bubbles.last).to_have_text(f"Yes {chosen} no")

    page.reload()
    visitor.open_chat()
    emoji.click()
    expect(chat.get_by_text("Used lately")).to_be_visible()
    expect(cells.first).to_have_text(chosen)


def test_how_it_looks_and_sounds_is_kept(visitor: Visitor, open_window: OpenWindow) -> None:
    visitor.start("How large can you write?")
    chat = visitor.chat
    heading = chat.get_by_role("heading", level=1)
    before = heading.bounding_box()
    option(visitor, "Larger", "menuitemradio")
    chat.get_by_role("menuitemcheckbox", name="Sound").click()
    expect(chat.get_by_role("menuitemcheckbox", name="Sound")).not_to_be_checked()
    assert faults(frame_of(visitor)) == []
    visitor.page.keyboard.press("Escape")
    expect(chat.get_by_role("button", name="Chat options")).to_be_focused()

    visitor.page.reload()
    visitor.open_chat()
    after = heading.bounding_box()
    assert before
    assert after
    assert after["height"] > before["height"] * 1.2
    chat.get_by_role("button", name="Chat options").click()
    expect(chat.get_by_role("menuitemradio", name="Larger")).to_be_checked()
    expect(chat.get_by_role("menuitemcheckbox", name="Sound")).not_to_be_checked()
    assert kept(visitor)["sound"] == "false"
    assert frame_of(visitor).evaluate(
        "() => document.documentElement.scrollWidth <= innerWidth"
    )  # nothing is cut off at the side


def test_the_menu_is_moved_in_with_the_keyboard(visitor: Visitor) -> None:
    visitor.start("Where is the menu?")
    page, chat = visitor.page, visitor.chat
    chat.get_by_role("button", name="Chat options").focus()
    page.keyboard.press("Enter")
    expect(chat.get_by_role("menuitemcheckbox", name="Sound")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(chat.get_by_role("menuitem", name="End chat")).to_be_focused()
    page.keyboard.press("s")
    expect(chat.get_by_role("menuitemcheckbox", name="Sound")).to_be_focused()
    page.keyboard.press("Tab")
    expect(chat.get_by_role("menu")).to_have_count(0)


def test_a_copy_by_mail(visitor: Visitor, stack: Stack) -> None:
    visitor.start("Please send me a copy")
    chat = visitor.chat
    option(visitor, "E-mail me a copy")
    dialog = chat.get_by_role("dialog", name="E-mail me a copy")
    field = dialog.get_by_label("E-mail")
    expect(field).to_be_focused()
    field.fill("nobody")
    visitor.page.keyboard.press("Enter")
    expect(dialog.get_by_text("Enter an e-mail address like name@example.com")).to_be_visible()
    expect(field).to_be_focused()
    assert faults(frame_of(visitor)) == []
    field.fill("copy@example.com")
    visitor.page.keyboard.press("Enter")
    expect(dialog.get_by_text("on its way to copy@example.com")).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(chat.get_by_role("button", name="Chat options")).to_be_focused()
    asked = "SELECT count(*) FROM chat_transcript WHERE email = 'copy@example.com'"
    assert stack.value(asked) == 1
    expect(visitor.launcher).to_have_attribute("aria-expanded", "true")


def test_what_he_types_is_seen_and_he_knows_it(
    inbox_that_peeks: None, visitor: Visitor, agent: Agent
) -> None:
    visitor.start("A question about the Halo")
    agent.open("A question about the Halo")
    expect(visitor.chat.get_by_text("Our team can see what you type.")).to_be_visible()
    expect(visitor.composer).to_have_accessible_description("Our team can see what you type.")
    visitor.composer.press_sequentially("Does it dim", delay=20)
    peek = agent.page.locator(".msg--peek")
    expect(peek).to_contain_text("is typing, not sent yet")
    expect(peek.locator(".bubble")).to_have_text("Does it dim")
    visitor.composer.press("Enter")
    expect(peek).to_have_count(0)
    expect(agent.bubbles.last).to_have_text("Does it dim")


def test_nobody_is_told_of_eyes_that_are_not_there(visitor: Visitor, agent: Agent) -> None:
    visitor.start("Another question")
    agent.open("Another question")
    expect(visitor.chat.get_by_text("Our team can see what you type.")).to_have_count(0)
    visitor.composer.press_sequentially("Secret", delay=20)
    expect(agent.page.locator(".log .typing")).to_be_visible()
    expect(agent.page.get_by_text("Secret")).to_have_count(0)


def test_who_waits_long_is_asked_for_an_address(
    visitor: Visitor, agent: Agent, stack: Stack
) -> None:
    visitor.start("Is anybody there?")
    chat, page = visitor.chat, visitor.page
    ask = chat.get_by_role("form", name="Leave your e-mail")
    expect(visitor.last_tick).to_have_attribute("aria-label", "Sent")
    expect(ask).to_have_count(0)
    (key,) = [name for name in kept(visitor) if name.startswith("no-reply:")]
    frame_of(visitor).evaluate(
        """key => {
          const [whole] = Object.keys(localStorage).filter((name) => name.endsWith(key));
          const kept = JSON.parse(localStorage.getItem(whole));
          localStorage.setItem(whole, JSON.stringify({ ...kept, at: kept.at - 3600_000 }));
        }""",
        key,
    )
    page.reload()
    visitor.open_chat()
    expect(ask).to_be_visible()
    assert faults(frame_of(visitor)) == []
    ask.get_by_label("E-mail").fill("late@example.com")
    page.keyboard.press("Enter")
    expect(chat.get_by_text("We will answer here, and to late@example.com.")).to_be_focused()
    assert stack.value("SELECT count(*) FROM tickets_contact WHERE email = 'late@example.com'") == 1
    chat.get_by_role("group", name="Leave your e-mail").get_by_role("button").click()
    expect(visitor.composer).to_be_focused()
    page.reload()
    visitor.open_chat()
    expect(visitor.bubbles.first).to_be_visible()
    expect(ask).to_have_count(0)


def test_what_came_while_he_was_away_begins_under_a_line(visitor: Visitor, agent: Agent) -> None:
    visitor.start("Tell me everything")
    agent.open("Tell me everything")
    log = visitor.chat.get_by_role("log")
    line = visitor.chat.locator(".day--new")
    agent.write("You have seen this")
    expect(visitor.bubbles.last).to_have_text("You have seen this")
    expect(line).to_have_count(0)
    visitor.chat.get_by_role("button", name="Minimise chat").click()
    for n in range(1, 9):
        agent.write(f"Line {n}\n" + "of what there is to say about lamps " * 4)
        expect(agent.bubbles.last).to_contain_text(f"Line {n}")
    expect(visitor.launcher).to_have_accessible_name("Open chat, new messages: 8")

    visitor.launcher.click()
    expect(line).to_be_in_viewport()
    expect(line).to_have_text("New messages")
    following = line.locator("xpath=following-sibling::article[1]").locator(".bubble").first
    expect(following).to_contain_text("Line 1")
    more = visitor.chat.get_by_role("button", name="new messages")
    expect(more).to_be_visible()
    assert faults(frame_of(visitor)) == []
    more.click()
    expect(more).to_have_count(0)
    expect(log).to_be_focused()
    assert log.evaluate(SCROLLED) > -50
    expect(agent.last_tick).to_have_attribute("aria-label", "Read")


def test_who_reads_further_up_is_not_moved(visitor: Visitor, agent: Agent) -> None:
    visitor.start("Tell me more")
    agent.open("Tell me more")
    log, line = visitor.chat.get_by_role("log"), visitor.chat.locator(".day--new")
    for n in range(1, 6):
        agent.write(f"Line {n}\n" + "of what there is to say about lamps " * 4)
        expect(visitor.bubbles.last).to_contain_text(f"Line {n}")
    log.evaluate("box => box.scrollTo(0, 0)")
    top = log.evaluate("box => box.scrollTop")
    more = visitor.chat.get_by_role("button", name="new message")
    agent.write("And one that does not move him")
    expect(more).to_have_text("1 new message")
    expect(line).to_have_text("New messages")
    assert log.evaluate("box => box.scrollTop") == top
    visitor.write("I see")
    expect(line).to_have_count(0)
    assert log.evaluate(SCROLLED) > -50


def test_older_messages_come_without_a_word(visitor: Visitor, agent: Agent, stack: Stack) -> None:
    visitor.start("The first of many")
    log = visitor.chat.get_by_role("log")
    expect(visitor.last_tick).to_have_attribute("aria-label", "Sent")
    ticket = stack.value("SELECT public_id FROM tickets_ticket ORDER BY number DESC LIMIT 1")
    stack.rows(
        """INSERT INTO tickets_message (public_id, ticket_id, inbox_id, seq, prev, kind, is_public,
               author_kind, author_id, author_name, body, html, event, data, created_at)
           SELECT gen_random_uuid(), t.number, t.inbox_id, 100 + n,
               CASE n WHEN 1 THEN t.last_public_seq ELSE 99 + n END, 'reply', true,
               'agent', 0, 'Maja', 'Old ' || n, '', '', '{}', t.created_at
           FROM tickets_ticket t, generate_series(1, 120) n
           WHERE t.public_id = %s RETURNING seq""",
        ticket,
    )
    stack.rows(
        # All read: the chat opens at its end.
        "UPDATE tickets_ticket SET last_seq = 220, last_public_seq = 220, contact_seen_seq = 220"
        " WHERE public_id = %s RETURNING number",
        ticket,
    )
    visitor.page.reload()
    visitor.open_chat()
    expect(visitor.bubbles.last).to_have_text("Old 120")
    expect(visitor.bubbles).to_have_count(50)
    frame_of(visitor).evaluate(
        """() => {
          window.loud = [];
          const box = document.querySelector("[role=log]");
          new MutationObserver((changes) => {
            const nodes = changes.flatMap(({ addedNodes }) => [...addedNodes]);
            const added = nodes.some((node) => node.textContent.includes("Old"));
            if (added && box.ariaLive !== "off") window.loud.push(box.ariaLive);
          }).observe(box, { childList: true, subtree: true });
        }"""
    )
    oldest = visitor.bubbles.first
    words = oldest.inner_text()
    log.evaluate("box => box.scrollTo(0, 60)")
    expect(visitor.bubbles).to_have_count(100)
    expect(visitor.bubbles.filter(has_text=words).first).to_be_in_viewport()
    assert frame_of(visitor).evaluate("() => window.loud") == []


def test_the_end_and_what_can_be_done_then(visitor: Visitor, agent: Agent) -> None:
    visitor.start("This will end")
    agent.open("This will end")
    agent.write("It does.")
    expect(visitor.bubbles.last).to_have_text("It does.")
    visitor.end()
    chat = visitor.chat
    chat.get_by_role("button", name="Skip").click()
    expect(chat.get_by_text("This conversation has ended.")).to_be_visible()
    expect(chat.get_by_role("button", name="Start a new chat")).to_be_focused()
    expect(visitor.composer).to_have_count(0)
    assert faults(frame_of(visitor)) == []
    assert movements(frame_of(visitor)) is not None

    chat.get_by_role("button", name="E-mail me a copy").click()
    expect(chat.get_by_role("dialog", name="E-mail me a copy")).to_be_visible()
    visitor.page.keyboard.press("Escape")
    expect(chat.get_by_role("dialog", name="E-mail me a copy")).to_have_count(0)

    chat.get_by_role("button", name="Write again").click()
    expect(visitor.composer).to_be_focused()
    visitor.write("One more thing")
    expect(visitor.bubbles.last).to_have_text("One more thing")
    expect(chat.get_by_text("The conversation goes on")).to_be_visible()
    expect(visitor.composer).to_be_focused()
    expect(agent.bubbles.last).to_have_text("One more thing")


def test_on_a_phone_nothing_is_cut_off(open_window: OpenWindow) -> None:
    visitor = Visitor(open_window(viewport=PHONE, has_touch=True).new_page())
    visitor.open_shop()
    visitor.open_chat()
    visitor.start("On the phone")
    option(visitor, "Larger", "menuitemradio")
    wide = "() => document.documentElement.scrollWidth <= innerWidth"
    assert frame_of(visitor).evaluate(wide)
    menu = visitor.chat.get_by_role("menu").bounding_box()
    assert menu
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= PHONE["width"]
    visitor.page.keyboard.press("Escape")
    visitor.chat.get_by_role("button", name="Emoji").click()
    expect(visitor.chat.get_by_role("gridcell").first).to_be_focused()
    assert frame_of(visitor).evaluate(wide)
