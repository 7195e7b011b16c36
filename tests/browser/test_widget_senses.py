"""The chat for those who hear it, who choose its colours, and who have nothing but keys."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.checks import faults
from tests.browser.conftest import OpenWindow
from tests.browser.screens import Agent
from tests.browser.stack import Stack
from tests.browser.test_keyboard import MOST_STOPS, tab_to
from tests.browser.test_widget_views import alone, full
from tests.browser.visit import answer_with_extras, refusing, take

# `heard`: sentences of the status region. `read`: what comes into a region that speaks at that
# moment, as a screen reader would read it out.
LISTEN = """
window.heard = [];
window.read = [];
new MutationObserver((changes) => {
  const status = document.getElementById("status");
  if (changes.some(({ target }) => status?.contains(target))) heard.push(status.textContent);
  for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
    const element = node.nodeType === 1 ? node : node.parentElement;
    const region = element?.closest("[aria-live], [role=log]");
    const speaks = region?.getAttribute("aria-live") === "polite" && region.ariaBusy !== "true";
    if (speaks && region.role === "log" && node.textContent) read.push(node.textContent);
  }
}).observe(document, { childList: true, subtree: true, characterData: true });
"""
HOME = """
- dialog "How can we help?":
  - group "Home":
    - 'link /Call us: .*/'
    - heading "How can we help?" [level=1]
    - region "Answers":
      - searchbox "Search for answers"
      - navigation "Popular questions":
        - heading "Popular questions" [level=2]
        - button
        - button
        - button
    - region "Talk to us":
      - paragraph: 1 person online
      - button "Start a chat"
    - region "Other ways to reach us":
      - button /Get a call back/
      - button /Leave a message/
      - link /WhatsApp/
      - link /Telegram/
      - link /e-mail/
    - button "Your data and privacy"
  - navigation "Sections":
    - button "Home"
    - button "Messages"
    - button "Help"
- status
"""
QUESTIONS = """
- dialog "Start a chat":
  - button "Back"
  - heading "Start a chat" [level=1]
  - form "Start a chat":
    - textbox "Your name (optional)"
    - textbox "E-mail (optional)"
    - radiogroup "What is it about? (optional)":
      - radio "Order"
      - radio "Product" [checked]
      - radio "Return"
      - radio "Something else"
    - textbox "Your message"
    - button "Start chat"
"""
CONVERSATION = """
- dialog "Maja":
  - button "Back"
  - heading "Maja" [level=1]
  - button "Chat options"
  - log "Conversation":
    - article /You, .*, (Sent|Read)/: /Can you hear me?/
    - text: Maja joined the conversation
    - article /Maja, .*/: /Loud and clear/
  - form "Message":
    - textbox "Message"
    - button "Attach a file"
    - button "Emoji"
    - button "Send" [disabled]
- status
"""
BACKGROUND = "element => getComputedStyle(element).backgroundColor"
# Whether what has the focus has an outline itself or around it; colours and shadows are not ours.
OUTLINED = """() => {
  const element = document.activeElement;
  return [element, element.closest(".composer, label")].some((each) => {
    if (!each) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  });
}"""


def wait_to_hear(page: Page, text: str) -> None:
    page.wait_for_function("text => heard.some((each) => each.includes(text))", arg=text)


def read_out(page: Page) -> list[str]:
    found: list[str] = page.evaluate("() => read")
    return found


def test_whoever_hears_it_knows_where_he_is(
    stack: Stack, open_window: OpenWindow, agent: Agent
) -> None:
    page = alone(open_window, stack)
    expect(page.locator("body")).to_match_aria_snapshot(HOME)
    page.get_by_role("button", name="Start a chat").click()
    page.get_by_role("radio", name="Product").check()
    expect(page.locator("body")).to_match_aria_snapshot(QUESTIONS)
    page.get_by_role("button", name="Start chat").click()
    message = page.get_by_label("Your message")
    expect(message).to_be_focused()
    expect(message).to_have_accessible_description("Write a message first")

    page.add_init_script(LISTEN)
    page.reload()
    expect(message).to_be_visible()
    with full(stack):
        message.fill("Can you hear me?")
        page.get_by_role("button", name="Start chat").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("You’re in the queue")
        wait_to_hear(page, "You’re next. Expected wait")
    take(agent, stack, "Can you hear me?")
    wait_to_hear(page, "Maja joined the conversation")
    agent.write("Loud and clear")
    expect(page.locator("body")).to_match_aria_snapshot(CONVERSATION)
    page.wait_for_function("() => read.some((each) => each.includes('Loud and clear'))")
    assert not any("Can you hear me?" in each for each in read_out(page))

    agent.composer.press_sequentially("Let me see, and wait a moment, please", delay=120)
    wait_to_hear(page, "Maja is typing")
    assert page.evaluate("() => heard.filter((each) => each.includes('typing')).length") == 1
    agent.composer.fill("")


def test_what_is_old_and_what_is_his_own_is_not_read_out(
    stack: Stack, open_window: OpenWindow, agent: Agent
) -> None:
    page = alone(open_window, stack)
    log, composer = page.get_by_role("log"), page.get_by_role("textbox", name="Message", exact=True)
    page.get_by_role("button", name="Start a chat").click()
    page.get_by_label("Your message").fill("Read me nothing twice")
    page.get_by_role("button", name="Start chat").click()
    expect(composer).to_be_visible()
    agent.open("Read me nothing twice")
    agent.write("An old answer")
    expect(page.get_by_text("An old answer")).to_be_visible()

    page.add_init_script(LISTEN)
    page.reload()
    expect(page.get_by_text("An old answer")).to_be_visible()
    expect(log).to_have_attribute("aria-live", "polite")
    page.get_by_role("button", name="Back").click()
    page.get_by_role("button", name="Messages").click()
    page.locator(".rows button").click()
    expect(page.get_by_text("An old answer")).to_be_visible()
    expect(log).to_have_attribute("aria-live", "polite")
    composer.fill("My own words")
    composer.press("Enter")
    expect(page.get_by_text("My own words")).to_be_visible()
    assert read_out(page) == []
    expect(agent.bubbles.last).to_have_text("My own words")
    agent.write("A new answer")
    expect(page.get_by_text("A new answer")).to_be_visible()
    assert [each for each in read_out(page) if "A new answer" in each]


def test_what_was_not_sent_is_said(stack: Stack, open_window: OpenWindow, agent: Agent) -> None:
    page = alone(open_window, stack)
    page.evaluate(LISTEN)
    page.get_by_role("button", name="Start a chat").click()
    page.get_by_label("Your message").fill("The last that arrives")
    page.get_by_role("button", name="Start chat").click()
    composer = page.get_by_role("textbox", name="Message", exact=True)
    expect(composer).to_be_focused()
    agent.open("The last that arrives")
    with refusing(stack, "The last that arrives"):
        composer.fill("This one is refused")
        composer.press("Enter")
        wait_to_hear(page, "Not sent. ")
    assert not any("refused" in each for each in read_out(page))


# ---- colours of one's own ---------------------------------------------------------------------


def test_with_colours_of_ones_own(stack: Stack, open_window: OpenWindow, agent: Agent) -> None:
    """What colours tell, borders and outlines tell as well."""
    page = alone(open_window, stack, forced_colors="active", reduced_motion="reduce")
    presence, around = page.locator(".presence"), page.locator(".talk")
    assert presence.evaluate(BACKGROUND) != around.evaluate(BACKGROUND)
    every_stop_is_outlined(page)
    page.get_by_role("button", name="Start a chat").click()
    expect(page.get_by_label("Your name")).to_be_focused()
    every_stop_is_outlined(page)
    page.get_by_role("radio", name="Product").check()
    tell_themselves(page.locator(".topics label").nth(1), page.locator(".topics label").nth(0))

    page.get_by_label("Your message").fill("In my colours")
    page.get_by_role("button", name="Start chat").click()
    agent.open("In my colours")
    agent.write("In mine, too")
    expect(page.get_by_text("In mine, too")).to_be_visible()
    expect(page.locator(".msg--out .bubble")).to_have_css("border-right-width", "4px")
    expect(page.locator(".msg:not(.msg--out) .bubble")).to_have_css("border-right-width", "1px")
    page.get_by_role("textbox", name="Message", exact=True).focus()
    assert page.evaluate(OUTLINED)
    assert faults(page) == []

    page.get_by_role("button", name="Chat options").click()
    page.get_by_role("menuitem", name="End chat").click()
    page.get_by_role("dialog").get_by_role("button", name="End chat").click()
    faces = page.locator(".scale label")
    faces.last.click()
    tell_themselves(faces.last, faces.first)
    assert faults(page) == []


def tell_themselves(chosen: Locator, other: Locator) -> None:
    expect(chosen).to_have_css("border-top-width", "2px")
    expect(other).to_have_css("border-top-width", "1px")


def every_stop_is_outlined(page: Page) -> None:
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        where = page.evaluate("() => document.activeElement.outerHTML.slice(0, 100)")
        assert page.evaluate(OUTLINED) or where.startswith("<body"), where


# ---- keys alone -------------------------------------------------------------------------------


@pytest.fixture
def page(stack: Stack, open_window: OpenWindow) -> Page:
    page = alone(open_window, stack)
    expect(page.get_by_role("searchbox")).to_be_focused()
    return page


def press_button(page: Page, name: Any) -> None:
    tab_to(page, page.get_by_role("button", name=name))
    page.keyboard.press("Enter")


def test_a_form_with_a_fault_and_the_queue_by_keys(stack: Stack, page: Page) -> None:
    press_button(page, "Start a chat")
    expect(page.get_by_label("Your name")).to_be_focused()
    page.keyboard.press("Enter")
    message = page.get_by_label("Your message")
    expect(message).to_be_focused()
    expect(message).to_have_attribute("aria-invalid", "true")
    page.keyboard.type("Waiting with keys")
    tab_to(page, page.get_by_role("radio").last, back=True)
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name="Return")).to_be_checked()
    with full(stack):
        press_button(page, "Start chat")
        expect(page.get_by_role("heading", level=1)).to_have_text("You’re in the queue")
        leave = page.get_by_role("button", name="Leave the queue")
        tab_to(page, leave)
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name="Leave the queue?")).to_be_visible()
        page.keyboard.press("Escape")
        expect(leave).to_be_focused()
        page.keyboard.press("Enter")
        tab_to(page, page.locator("dialog").get_by_role("button", name="Leave the queue"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Start a new chat")).to_be_focused()


def test_a_call_by_keys(page: Page) -> None:
    press_button(page, "Get a call back")
    expect(page.get_by_role("radio").first).to_be_visible()
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    tab_to(page, page.locator(".slots3").get_by_role("radio").first)
    page.keyboard.press("ArrowDown")
    expect(page.locator(".slots3").get_by_role("radio").nth(1)).to_be_checked()
    phone = page.get_by_label("Phone number")
    tab_to(page, phone)
    page.keyboard.press("Enter")
    expect(phone).to_have_attribute("aria-invalid", "true")
    expect(phone).to_be_focused()
    page.keyboard.type("+48 61 555 01 98")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Go to Messages")).to_be_focused()


def test_quick_replies_and_a_card_by_keys(stack: Stack, page: Page, agent: Agent) -> None:
    press_button(page, "Start a chat")
    tab_to(page, page.get_by_label("Your message"))
    page.keyboard.type("Yes or no?")
    press_button(page, "Start chat")
    composer = page.get_by_role("textbox", name="Message", exact=True)
    expect(composer).to_be_focused()
    agent.open("Yes or no?")
    agent.write("Choose one")
    expect(page.get_by_text("Choose one")).to_be_visible()
    answer_with_extras(stack, "Choose one", "en")
    page.reload()
    card = page.locator(".articlecard")
    expect(card).to_be_visible()
    expect(composer).to_be_focused()
    tab_to(page, card, back=True)
    page.keyboard.press("Enter")
    expect(page.locator(".article__title")).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Back"), back=True)
    page.keyboard.press("Enter")
    expect(card).to_be_visible()
    choice = page.locator(".quick__choice").first
    tab_to(page, choice, back=True)
    page.keyboard.press("Enter")
    expect(page.locator(".msg--out .bubble").last).to_have_text("Yes")
    expect(composer).to_be_focused()
