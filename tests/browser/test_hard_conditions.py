"""Browsers that keep nothing, wrong clocks, slow lines, several tabs: it works or says what not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Page, expect

from helpdesk.core import clock
from tests.browser.conftest import DESKTOP, OpenWindow
from tests.browser.screens import Agent, Visitor
from tests.browser.stack import Stack

KEEPS_NOTHING = "Your browser keeps nothing"
NO_STORAGE = {"default_content_setting_values": {"cookies": 2}}
# 150 ms there and back, 1.6 Mbit/s: what Lighthouse calls slow 4G and people call 3G.
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}


@contextmanager
def browser_with(
    preferences: dict[str, Any],
    browser_type: BrowserType,
    launch_arguments: dict[str, Any],
    home: Path,
    stack: Stack,
) -> Iterator[BrowserContext]:
    """A Chromium whose owner has changed its settings."""
    (home / "Default").mkdir(parents=True)
    (home / "Default" / "Preferences").write_text(json.dumps({"profile": preferences}))
    window = browser_type.launch_persistent_context(
        home, base_url=stack.url, viewport=DESKTOP, locale="en-GB", **launch_arguments
    )
    try:
        yield window
    finally:
        window.close()


def begin(page: Page, text: str) -> Visitor:
    visitor = Visitor(page)
    visitor.open_shop()
    visitor.open_chat()
    visitor.start(text)
    expect(visitor.last_tick).to_have_attribute("aria-label", "Sent")
    return visitor


def test_two_tabs_show_the_same_conversation(open_window: OpenWindow, agent: Agent) -> None:
    window = open_window()
    first = begin(window.new_page(), "From the first of two tabs")
    second = Visitor(window.new_page())
    second.open_shop()
    second.open_chat()
    expect(second.bubbles).to_have_text(["From the first of two tabs"])
    second.write("From the second")
    agent.open("From the second")
    agent.write("To both")
    for tab in (first, second):
        expect(tab.bubbles).to_have_text(
            ["From the first of two tabs", "From the second", "To both"]
        )


def test_a_private_window_is_somebody_else(open_window: OpenWindow, agent: Agent) -> None:
    begin(open_window().new_page(), "Said in the open")
    private = Visitor(open_window().new_page())
    private.open_shop()
    private.open_chat()
    expect(private.chat.get_by_role("button", name="Start a chat")).to_be_visible()
    expect(private.chat.get_by_text("Said in the open")).to_have_count(0)


def test_without_any_storage_it_works_and_says_so(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    tmp_path: Path,
    stack: Stack,
    agent: Agent,
) -> None:
    launch = browser_type_launch_args
    with browser_with(NO_STORAGE, browser_type, launch, tmp_path / "profile", stack) as window:
        page = window.new_page()
        page.goto("/demo/en/")
        assert (
            page.evaluate(
                "() => { try { localStorage; return 'open' } catch (e) { return e.name } }"
            )
            == "SecurityError"
        )
        visitor = begin(page, "Kept nowhere")
        expect(visitor.chat.get_by_text(KEEPS_NOTHING)).to_be_visible()
        agent.open("Kept nowhere")
        agent.write("And yet answered")
        expect(visitor.bubbles.last).to_have_text("And yet answered")


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_is_wrong_by_a_day(open_window: OpenWindow, agent: Agent, days: int) -> None:
    window = open_window()
    window.clock.install(time=clock.now() + timedelta(days=days))
    text = f"Sent {days} days from now"
    visitor = begin(window.new_page(), text)
    agent.open(text)
    agent.write(f"Answered {text}")
    expect(visitor.bubbles).to_have_text([text, f"Answered {text}"])
    visitor.page.reload()
    expect(visitor.bubbles).to_have_text([text, f"Answered {text}"])


def test_a_slow_line(open_window: OpenWindow, agent: Agent) -> None:
    page = open_window().new_page()
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    visitor = begin(page, "Through a thin wire")
    agent.open("Through a thin wire")
    agent.write("Received")
    expect(visitor.bubbles.last).to_have_text("Received")
