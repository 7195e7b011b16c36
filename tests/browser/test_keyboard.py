"""The whole conversation without a mouse, on both sides."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenWindow
from tests.browser.screens import PASSWORD, Agent, Visitor

# How what has the focus is marked: an outline, or a ring drawn as a shadow; and how it is called.
FOCUSED = """() => {
  let root = document, element = root.activeElement;
  while (element && (element.shadowRoot || element.contentDocument)) {
    root = element.shadowRoot || element.contentDocument;
    element = root.activeElement;
  }
  if (!element || element === root.body) return { name: "", marked: false };
  const around = [element, element.closest(".composer, .inputwrap, label")].filter(Boolean);
  const marked = around.some((each) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
  });
  const name = element.getAttribute("aria-label") || element.id || element.textContent.trim();
  return { name, marked };
}"""
MOST_STOPS = 12


def tab_to(page: Page, target: Locator, *, back: bool = False) -> int:
    """Presses Tab until `target` has the focus; how often. Each stop on the way shows itself."""
    for stops in range(1, MOST_STOPS + 1):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        stop = page.evaluate(FOCUSED)
        assert stop["marked"], f"nobody sees that the focus is on: {stop['name']}"
        if target.evaluate("element => element.getRootNode().activeElement === element"):
            return stops
    raise AssertionError(f"{target} was not reached in {MOST_STOPS} stops")


def test_a_whole_conversation_with_the_keyboard_alone(open_window: OpenWindow) -> None:
    visitor, agent = Visitor(open_window().new_page()), Agent(open_window().new_page())
    visitor_opens_and_writes(visitor)
    agent_signs_in(agent)
    agent_finds_and_answers(visitor, agent)
    visitor_minimises_and_returns(visitor)
    visitor_ends_and_rates(visitor)
    agent_reopens_and_solves_and_undoes(agent)


def visitor_opens_and_writes(visitor: Visitor) -> None:
    visitor.open_shop("/demo/en/thanks/")
    tab_to(visitor.page, visitor.launcher)
    visitor.page.keyboard.press("Enter")
    expect(visitor.chat.get_by_role("searchbox", name="Search for answers")).to_be_focused()
    tab_to(visitor.page, visitor.chat.get_by_role("button", name="Start a chat"))
    visitor.page.keyboard.press("Enter")
    expect(visitor.chat.get_by_label("Your name")).to_be_focused()
    tab_to(visitor.page, visitor.first_message)
    visitor.page.keyboard.type("Nobody needs a mouse")
    tab_to(visitor.page, visitor.chat.get_by_role("button", name="Start chat"))
    visitor.page.keyboard.press("Enter")
    expect(visitor.bubbles).to_have_text(["Nobody needs a mouse"])
    expect(visitor.composer).to_be_focused()


def agent_signs_in(agent: Agent) -> None:
    page = agent.page
    page.goto("/console/")
    tab_to(page, page.get_by_label("E-mail"))
    page.keyboard.type("maja@lumen-oak.example")
    tab_to(page, page.get_by_label("Password", exact=True))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(agent.rows.first).to_be_visible()


def agent_finds_and_answers(visitor: Visitor, agent: Agent) -> None:
    page = agent.page
    row = agent.rows.filter(has_text="Nobody needs a mouse")
    expect(row).to_be_visible()
    for _ in range(agent.rows.count()):
        page.keyboard.press("j")
        expect(page.locator("[data-row][aria-current=true]")).to_be_focused()
        if row.get_attribute("aria-current") == "true":
            break
    expect(row).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#conv-name")).to_be_focused()

    page.keyboard.press("r")
    expect(agent.composer).to_be_focused()
    page.keyboard.type("True, keys are enough")
    page.keyboard.press("Enter")
    expect(visitor.bubbles.last).to_have_text("True, keys are enough")
    expect(agent.composer).to_be_focused()

    page.keyboard.press("Escape")
    expect(page.locator("#conv-name")).to_be_focused()
    page.keyboard.press("n")
    expect(agent.composer).to_be_focused()
    page.keyboard.type("She types fast")
    page.keyboard.press("Enter")
    expect(page.locator(".note__text")).to_have_text("She types fast")

    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Assign", exact=True)).to_be_focused()


def visitor_minimises_and_returns(visitor: Visitor) -> None:
    visitor.page.keyboard.press("Escape")
    expect(visitor.launcher).to_be_focused()
    expect(visitor.launcher).to_have_attribute("aria-expanded", "false")
    visitor.page.keyboard.press("Enter")
    expect(visitor.composer).to_be_focused()
    visitor.page.keyboard.type("Bye")
    visitor.page.keyboard.press("Enter")


def agent_reopens_and_solves_and_undoes(agent: Agent) -> None:
    page = agent.page
    expect(page.get_by_text("This conversation is solved.")).to_be_visible()
    page.keyboard.press("Shift+E")
    expect(agent.composer).to_be_visible()
    page.keyboard.press("Shift+E")
    expect(page.get_by_text("This conversation is solved.")).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.keyboard.press("z")
    expect(agent.composer).to_be_visible()


def visitor_ends_and_rates(visitor: Visitor) -> None:
    page, chat = visitor.page, visitor.chat
    expect(chat.get_by_role("button", name="Chat options")).to_be_visible()
    tab_to(page, chat.get_by_role("button", name="Chat options"), back=True)
    page.keyboard.press("Enter")
    expect(chat.get_by_role("menuitemcheckbox", name="Sound")).to_be_focused()
    page.keyboard.press("End")
    expect(chat.get_by_role("menuitem", name="End chat")).to_be_focused()
    page.keyboard.press("Enter")
    end = chat.get_by_role("dialog").get_by_role("button", name="End chat")
    expect(end).to_be_visible()
    tab_to(page, end)
    page.keyboard.press("Enter")
    expect(chat.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    tab_to(page, chat.get_by_label("Anything to add?"))
    page.keyboard.type("Easy")
    tab_to(page, chat.get_by_role("button", name="Send feedback"))
    page.keyboard.press("Enter")
    expect(chat.get_by_role("button", name="Close")).to_be_focused()


def test_few_stops_lead_to_the_reply(agent: Agent) -> None:
    agent.rows.first.click()
    expect(agent.composer).to_be_visible()
    agent.page.reload()
    expect(agent.composer).to_be_visible()
    assert tab_to(agent.page, agent.composer) <= MOST_STOPS


def test_the_first_stop_skips_to_the_reply(agent: Agent) -> None:
    agent.rows.first.click()
    expect(agent.composer).to_be_visible()
    agent.page.reload()
    expect(agent.composer).to_be_visible()
    tab_to(agent.page, agent.page.get_by_role("link", name="Skip to reply"))
    agent.page.keyboard.press("Enter")
    expect(agent.composer).to_be_focused()
