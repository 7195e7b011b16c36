"""A visitor writes, an agent answers, the visitor ends the chat and rates it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.screens import Agent, Visitor


def test_from_the_first_word_to_the_rating(visitor: Visitor, agent: Agent) -> None:
    visitor.start("Can I dim the Halo from my phone?")
    expect(visitor.last_tick).to_have_attribute("aria-label", "Sent")
    agent.open("Can I dim the Halo from my phone?")
    expect(visitor.last_tick).to_have_attribute("aria-label", "Read")

    agent.composer.press_sequentially("Yes, with ")
    expect(visitor.chat.locator(".typing")).to_be_visible()
    agent.write("Yes, with any smart dimmer.")
    expect(visitor.bubbles.last).to_have_text("Yes, with any smart dimmer.")
    expect(visitor.chat.locator(".typing")).to_be_hidden()
    expect(visitor.chat.get_by_role("heading", level=1)).to_have_text("Maja")
    expect(agent.last_tick).to_have_attribute("aria-label", "Read")

    visitor.composer.press_sequentially("Thank")
    expect(agent.page.locator(".log .typing")).to_be_visible()
    visitor.write("Thank you!")
    expect(agent.bubbles.last).to_have_text("Thank you!")
    expect(agent.page.locator(".log .typing")).to_be_hidden()

    agent.note("A friendly one")
    expect(agent.page.locator(".note__text")).to_have_text("A friendly one")
    expect(visitor.chat.get_by_text("A friendly one")).to_have_count(0)

    visitor.end()
    visitor.chat.get_by_role("radio", name="Great").check()
    visitor.chat.get_by_label("Anything to add?").fill("Quick and kind")
    visitor.chat.get_by_role("button", name="Send feedback").click()
    expect(visitor.chat.get_by_text("Thank you")).to_be_visible()
    expect(agent.page.locator(".log")).to_contain_text("Quick and kind")


def test_what_comes_while_the_chat_is_minimised_is_counted(visitor: Visitor, agent: Agent) -> None:
    visitor.start("Where is my parcel?")
    agent.open("Where is my parcel?")
    visitor.chat.get_by_role("button", name="Minimise chat").click()
    agent.write("It left Poznań this morning.")
    expect(visitor.launcher).to_have_accessible_name("Open chat, new messages: 1")
    agent.write("You will have it tomorrow.")
    expect(visitor.launcher).to_have_accessible_name("Open chat, new messages: 2")
    expect(agent.last_tick).to_have_attribute("aria-label", "Sent")

    visitor.launcher.click()
    expect(visitor.bubbles.last).to_be_visible()
    expect(agent.last_tick).to_have_attribute("aria-label", "Read")
    visitor.chat.get_by_role("button", name="Minimise chat").click()
    expect(visitor.launcher).to_have_accessible_name("Open chat")
