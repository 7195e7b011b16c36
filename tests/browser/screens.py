"""The two screens as their users know them."""

from __future__ import annotations

from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser.wire import Wire

PASSWORD = "lumen-demo"
# Every bubble but the one with three dots.
BUBBLES = ".log .msg__body > .bubble:not(:has(.typing))"


class Visitor:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.wire = Wire(page)

    @property
    def chat(self) -> FrameLocator:
        return self.page.frame_locator("iframe#frame")

    @property
    def launcher(self) -> Locator:
        return self.page.locator("[data-helpdesk] .launcher")

    @property
    def composer(self) -> Locator:
        return self.chat.get_by_role("textbox", name="Message", exact=True)

    @property
    def first_message(self) -> Locator:
        """In the form before a chat."""
        return self.chat.get_by_role("textbox", name="Your message")

    @property
    def bubbles(self) -> Locator:
        return self.chat.locator(BUBBLES)

    @property
    def last_tick(self) -> Locator:
        """Of the newest group of his own: "Sending…", "Sent" or "Read"."""
        return self.chat.locator(".msg--out .msg__meta svg[aria-label]").last

    @property
    def sending(self) -> Locator:
        """What waits for the server."""
        return self.chat.locator(".msg--sending")

    @property
    def failed(self) -> Locator:
        return self.chat.locator(".msg--failed")

    def open_shop(self, path: str = "/demo/en/") -> None:
        self.page.goto(path)
        expect(self.launcher).to_be_visible()

    def open_chat(self) -> None:
        self.launcher.click()
        expect(self.chat.get_by_role("heading", level=1)).to_be_visible()

    def start(self, text: str) -> None:
        """The first message, and with it the conversation. What is asked before may be left out."""
        self.chat.get_by_role("button", name="Start a chat").click()
        expect(self.first_message.or_(self.composer)).to_be_visible()
        if self.composer.is_visible():
            self.write(text)
        else:
            self.send_form(text)
        expect(self.chat.get_by_role("button", name="Chat options")).to_be_visible()

    def send_form(self, text: str) -> None:
        self.first_message.fill(text)
        self.chat.get_by_role("button", name="Start chat").click()

    def write(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")

    def end(self) -> None:
        self.chat.get_by_role("button", name="Chat options").click()
        self.chat.get_by_role("menuitem", name="End chat").click()
        self.chat.get_by_role("dialog").get_by_role("button", name="End chat").click()


class Agent:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.wire = Wire(page)

    @property
    def rows(self) -> Locator:
        return self.page.locator("[data-row]")

    @property
    def composer(self) -> Locator:
        return self.page.locator("#reply")

    @property
    def bubbles(self) -> Locator:
        return self.page.locator(BUBBLES)

    @property
    def last_tick(self) -> Locator:
        return self.page.locator(".msg--out .msg__meta svg[aria-label]").last

    @property
    def sending(self) -> Locator:
        return self.page.locator(".msg--sending")

    @property
    def failed(self) -> Locator:
        return self.page.locator(".msg--failed")

    def open_console(self) -> None:
        self.page.goto("/console/")
        expect(self.rows.first).to_be_visible()

    def open(self, text: str) -> None:
        """The conversation whose newest message is `text`."""
        self.rows.filter(has_text=text).click()
        expect(self.composer).to_be_visible()
        expect(self.bubbles.filter(has_text=text)).to_be_visible()

    def write(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")

    def note(self, text: str) -> None:
        self.page.get_by_role("button", name="Note", exact=True).click()
        self.write(text)
        self.page.get_by_role("button", name="Reply", exact=True).click()
