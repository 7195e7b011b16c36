"""The chat on pages of others: it opens, carries a message, and is in nobody's way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, OpenWindow
from tests.browser.hosts import shop_at
from tests.browser.screens import Visitor
from tests.browser.stack import Stack

DEVICES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": DESKTOP},
    "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True},
}
HOSTS = ["plain", "strict", "hostile", "routes", "framed"]
WATCH = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) shifts.push(shift.value);
}).observe({ type: "layout-shift", buffered: true });
"""
# Points of a grid at which the page's own would not be hit, outside of the launcher.
IN_THE_WAY = """
() => {
  const host = document.querySelector("[data-helpdesk]");
  const parts = [...host.shadowRoot.querySelectorAll(".launcher, .launcher b")];
  const boxes = parts.map((part) => part.getBoundingClientRect());
  const near = (at, from, to) => at > from - 3 && at < to + 3;
  const free = (x, y) =>
    !boxes.some((box) => near(x, box.left, box.right) && near(y, box.top, box.bottom));
  const found = [];
  for (let x = 1; x < innerWidth; x += 7)
    for (let y = 1; y < innerHeight; y += 7)
      if (free(x, y) && document.elementFromPoint(x, y) === host) found.push([x, y]);
  return found;
}
"""
TRACED = ["devtools.timeline", "disabled-by-default-devtools.timeline"]


class Guest(Visitor):
    """A visitor of somebody's page; `place` is where the snippet stands."""

    def __init__(self, page: Page, place: Page | FrameLocator | None = None) -> None:
        super().__init__(page)
        self.place = place or page

    @property
    def chat(self) -> FrameLocator:
        return self.place.frame_locator("iframe#frame")

    @property
    def launcher(self) -> Locator:
        return self.place.locator("[data-helpdesk] .launcher")

    @property
    def frame(self) -> Locator:
        return self.place.locator("iframe#frame")

    def ask(self, script: str) -> Any:
        return self.place.locator("html").evaluate(script)


@pytest.fixture
def shop(stack: Stack) -> Iterator[str]:
    """A shop at another address than the help desk's, which lets it show the chat."""
    inbox, known = stack.rows("SELECT public_id, allowed_origins FROM tickets_inbox")[0]
    with shop_at("127.0.0.1", stack.url, str(inbox)) as url:
        allow(stack, [*known, url])
        yield url
        allow(stack, known)


def allow(stack: Stack, origins: list[str]) -> None:
    with stack.database() as database:
        database.execute("UPDATE tickets_inbox SET allowed_origins = %s", [origins])


def asked_of(window: BrowserContext, stack: Stack) -> list[str]:
    """Paths that were asked of the help desk, as they come."""
    paths: list[str] = []
    window.on(
        "request",
        lambda request: (
            paths.append(request.url.removeprefix(stack.url))
            if request.url.startswith(stack.url)
            else None
        ),
    )
    return paths


def visit(page: Page, url: str) -> Guest:
    page.add_init_script(WATCH)
    page.goto(url)
    guest = Guest(page, page.frame_locator("#shop") if "framed" in url else page)
    expect(guest.launcher).to_be_visible()
    page.wait_for_load_state("networkidle")
    return guest


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("host", HOSTS)
def test_a_chat_on_somebodys_page(
    shop: str, stack: Stack, open_window: OpenWindow, host: str, device: str
) -> None:
    window = open_window(**DEVICES[device])
    asked = asked_of(window, stack)
    guest = visit(window.new_page(), f"{shop}/{host}.html")
    inbox = stack.value("SELECT public_id FROM tickets_inbox")
    assert asked == [f"/widget/loader.js?i={inbox}"]
    assert guest.ask(IN_THE_WAY) == []

    guest.open_chat()
    expect(guest.launcher).to_have_attribute("aria-expanded", "true")
    guest.start(f"Hello from a {host} page")
    expect(guest.last_tick).to_have_attribute("aria-label", "Sent")
    guest.chat.get_by_role("button", name="Minimise chat").click()
    expect(guest.frame).to_be_hidden()
    expect(guest.launcher).to_be_visible()
    assert guest.ask(IN_THE_WAY) == []
    assert guest.ask("() => shifts") == []
    assert window.cookies(shop) == []


@pytest.mark.parametrize("host", HOSTS)
def test_nothing_of_ours_takes_long_before_intent(
    shop: str, browser: Browser, open_window: OpenWindow, host: str
) -> None:
    """On a processor four times slower. Its own time is counted, not what others took from it."""
    page = open_window().new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    browser.start_tracing(page=page, categories=TRACED)
    guest = visit(page, f"{shop}/{host}.html")
    guest.ask("() => new Promise((done) => requestIdleCallback(done))")
    events = json.loads(browser.stop_tracing())["traceEvents"]
    ours = [
        event.get("tdur", 0) / 1000
        for event in events
        if "/widget/loader.js" in str(event.get("args")) and "dur" in event
    ]
    assert ours
    assert max(ours) < 50
