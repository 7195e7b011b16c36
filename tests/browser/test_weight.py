"""What a browser loads: before intent, for the chat, and for the console."""

from __future__ import annotations

from collections import Counter
from gzip import compress
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Request, Response, StorageState, expect

from tests.browser.conftest import OpenWindow
from tests.browser.screens import Agent, Visitor
from tests.browser.stack import Stack

KB = 1024
STRANGE_SHOP = "http://a-shop.localhost/"


class Loaded:
    """What came, in order; its weight is what gzip makes of it, one by one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.responses: list[Response] = []
        self.under_way: set[Request] = set()
        page.on("request", self.asked)
        page.on("requestfinished", self.ended)
        page.on("requestfailed", self.ended)
        page.on("response", self.came)

    def asked(self, request: Request) -> None:
        self.under_way.add(request)

    def ended(self, request: Request) -> None:
        self.under_way.discard(request)

    def came(self, response: Response) -> None:
        self.responses.append(response)

    def settle(self) -> None:
        """Until nothing is under way. Playwright's "networkidle" never comes back to a page that
        asked for something after it and then got a frame."""
        while self.under_way:
            self.page.wait_for_event("requestfinished")

    def hosts(self) -> set[str]:
        return {urlsplit(response.url).netloc for response in self.responses} - {""}

    def paths(self, host: str) -> list[str]:
        parts = [urlsplit(response.url) for response in self.responses]
        return [each.path for each in parts if each.netloc == host]

    def twice(self) -> list[str]:
        code = (".js", ".css", ".woff2")
        static = [each.url for each in self.responses if each.url.endswith(code)]
        return [url for url, times in Counter(static).items() if times > 1]

    def all_but_fonts(self) -> list[Response]:
        return [each for each in self.responses if not each.url.endswith(".woff2")]

    def code(self) -> list[Response]:
        ends = (".js", ".css")
        return [each for each in self.responses if urlsplit(each.url).path.endswith(ends)]


def weight(responses: list[Response]) -> int:
    return sum(len(compress(response.body(), 9)) for response in responses)


def test_before_intent_only_the_launcher_is_loaded(stack: Stack, open_window: OpenWindow) -> None:
    inbox = stack.value("SELECT public_id FROM tickets_inbox")
    snippet = f'<script async src="{stack.url}/widget/loader.js?i={inbox}"></script>'
    # The shop's page comes from nowhere; Chromium asks before such a page may reach this machine.
    window = open_window(permissions=["local-network-access"])
    serve_shop(window, f"<!doctype html><title>A shop</title><body><h1>Lamps</h1>{snippet}")
    page = window.new_page()
    loaded = Loaded(page)
    page.goto(STRANGE_SHOP)
    expect(page.get_by_role("button", name="Open chat")).to_be_visible()
    page.wait_for_load_state("networkidle")
    host = urlsplit(stack.url).netloc
    assert loaded.paths(host) == ["/widget/loader.js"]
    launcher = next(each for each in loaded.responses if "loader.js" in each.url)
    assert len(compress(launcher.body(), 9)) <= 4 * KB


def test_the_chat_weighs_little(stack: Stack, open_window: OpenWindow) -> None:
    visitor = Visitor(open_window().new_page())
    visitor.open_shop()
    visitor.page.wait_for_load_state("networkidle")
    loaded = Loaded(visitor.page)
    visitor.open_chat()
    visitor.start("How much is it?")
    expect(visitor.composer).to_be_focused()
    loaded.settle()
    assert len(loaded.all_but_fonts()) <= 12
    assert 0 < weight(loaded.all_but_fonts()) <= 55 * KB
    assert loaded.twice() == []
    assert loaded.hosts() == {urlsplit(stack.url).netloc}


def test_the_console_weighs_little(
    stack: Stack, open_window: OpenWindow, signed_in: StorageState
) -> None:
    agent = Agent(open_window(storage_state=signed_in).new_page())
    loaded = Loaded(agent.page)
    agent.open_console()
    agent.rows.first.click()
    expect(agent.bubbles.last).to_be_visible()
    agent.page.wait_for_load_state("networkidle")
    assert 0 < weight(loaded.code()) <= 250 * KB
    assert loaded.twice() == []
    assert loaded.hosts() == {urlsplit(stack.url).netloc}


def test_scripts_and_styles_are_sent_compressed(open_window: OpenWindow) -> None:
    page = open_window().new_page()
    loaded = Loaded(page)
    page.goto("/accounts/login/")
    page.wait_for_load_state("networkidle")
    code = [each for each in loaded.responses if each.url.endswith((".js", ".css"))]
    assert code
    assert all(each.headers.get("content-encoding") in {"gzip", "br"} for each in code)


def serve_shop(window: BrowserContext, html: str) -> None:
    window.route(STRANGE_SHOP, lambda route: route.fulfill(body=html, content_type="text/html"))
