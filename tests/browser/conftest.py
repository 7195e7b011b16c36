"""One browser, one stack, and for each test its own visitor and agent in windows of their own."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, StorageState, expect

from helpdesk.devstack import processes
from helpdesk.devstack.chromium import find_chromium
from tests.browser.screens import PASSWORD, Agent, Visitor
from tests.browser.stack import Stack, running_stack

LAUNCH = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
OpenWindow = Callable[..., BrowserContext]

expect.set_options(timeout=15_000)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, Any]:
    """A failure shows what the web process had to say."""
    report = yield
    stack = getattr(item, "funcargs", {}).get("stack")
    if report.failed and stack:
        report.sections.append(("web process", processes.tail(stack.web.log, 40)))
    return report


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": find_chromium(), "args": LAUNCH}


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    with running_stack() as stack:
        yield stack


@pytest.fixture(scope="session")
def on_duty(browser: Browser, stack: Stack, signed_in: StorageState) -> Iterator[None]:
    """Maja's console stands open all the time: a chat is offered only while somebody is there."""
    window = browser.new_context(base_url=stack.url, locale="en-GB", storage_state=signed_in)
    Agent(window.new_page()).open_console()
    yield
    window.close()


@pytest.fixture
def open_window(browser: Browser, stack: Stack, on_duty: None) -> Iterator[OpenWindow]:
    """A window of its own cookies and storage; options as Playwright's `new_context`.

    Whatever a test does, no page of it may break its content security policy or throw.
    """
    windows, complaints = [], list[str]()

    def heard(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    def open_one(**options: Any) -> BrowserContext:
        settings = {"base_url": stack.url, "viewport": DESKTOP, "locale": "en-GB", **options}
        window = browser.new_context(**settings)
        window.on("console", heard)
        window.on("weberror", lambda error: complaints.append(str(error.error)))
        windows.append(window)
        return window

    stack.wait_for_somebody()
    yield open_one
    for window in windows:
        window.close()
    assert not complaints


def sign_in(browser: Browser, stack: Stack, who: str) -> StorageState:
    window = browser.new_context(base_url=stack.url, locale="en-GB")
    page = window.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(f"{who}@lumen-oak.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/**")
    cookies = window.storage_state()
    window.close()
    return cookies


@pytest.fixture(scope="session")
def signed_in(browser: Browser, stack: Stack) -> StorageState:
    """The cookies of Maja, an agent, who signed in once for all tests."""
    return sign_in(browser, stack, "maja")


@pytest.fixture(scope="session")
def signed_in_as_admin(browser: Browser, stack: Stack) -> StorageState:
    return sign_in(browser, stack, "admin")


@pytest.fixture
def agent(open_window: OpenWindow, signed_in: StorageState) -> Agent:
    """Maja before her console."""
    agent = Agent(open_window(storage_state=signed_in).new_page())
    agent.open_console()
    return agent


@pytest.fixture
def visitor(open_window: OpenWindow) -> Visitor:
    """Somebody in the shop, with the chat open."""
    visitor = Visitor(open_window().new_page())
    visitor.open_shop()
    visitor.open_chat()
    return visitor
