"""One window that is led through many states of the chat and looked at in each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from playwright.sync_api import Locator, Page, expect

from tests.browser.checks import cramped, faults, movements
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.screens import BUBBLES, Agent
from tests.browser.stack import Stack
from tests.browser.test_widget_views import changed, go_back

TICKET = """
SELECT t.public_id::text FROM tickets_ticket t JOIN tickets_message m ON m.ticket_id = t.number
WHERE m.body = %s
"""
STATUS = "UPDATE tickets_ticket SET status = '{}' WHERE public_id = '{}'"
ANSWERED_WITH = """
UPDATE tickets_message SET data = jsonb_build_object(
    'choices', '[{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}]'::jsonb,
    'article', jsonb_build_object('title', a.title, 'url', '/help/', 'slug', a.slug, 'minutes', 2))
FROM (SELECT title, slug FROM faq_articletranslation WHERE language = %s LIMIT 1) a
WHERE body = %s RETURNING seq
"""


class Visit:
    """One window that is looked at in both sizes; what is wrong is gathered over all states."""

    def __init__(self, page: Page, stack: Stack, language: str, scheme: str) -> None:
        self.found: list[str] = []
        self.page, self.stack = page, stack
        self.language = language
        self.first = f"First {language} {scheme}"
        self.address = f"{language}-{scheme}@lamp-shop.example"

    def look(self, name: str) -> None:
        found = cramped(self.page)
        for size in (PHONE, DESKTOP):
            self.page.set_viewport_size(size)
            found += faults(self.page)
        found += movements(self.page)
        self.found += [f"{name}: {fault}" for fault in found]

    def see(self, selector: str) -> Locator:
        found = self.page.locator(selector).first
        expect(found).to_be_visible()
        return found

    def press(self, selector: str) -> None:
        self.see(selector).click()

    def tab(self, number: int) -> None:
        button = self.page.locator(".wtabs button").nth(number)
        button.click()
        expect(button).to_have_attribute("aria-current", "page")

    def back(self) -> None:
        go_back(self.page)

    @contextmanager
    def failing(self, path: str) -> Iterator[None]:
        """Whatever is asked at this path meets a broken line."""
        address = re.compile(path)
        self.page.route(address, lambda route: route.abort())
        yield
        self.page.unroute(address)

    def write(self, text: str) -> None:
        self.see("#message").fill(text)
        self.page.keyboard.press("Enter")
        expect(self.page.locator(BUBBLES).filter(has_text=text)).to_be_visible()


def take(agent: Agent, stack: Stack, text: str) -> None:
    """The agent opens the chat of this message, wherever it waits, and makes it his."""
    agent.page.goto(f"/console/?view=all&ticket={stack.value(TICKET, text)}")
    expect(agent.composer).to_be_visible()
    agent.page.get_by_role("button", name="Assign", exact=True).click()
    agent.page.get_by_role("menuitem", name="Assign to me").click()


def refusing(stack: Stack, text: str) -> AbstractContextManager[None]:
    """Nothing more is taken in the chat of this message, and its visitor does not know yet."""
    ticket = stack.value(TICKET, text)
    return changed(stack, STATUS.format("closed", ticket), STATUS.format("open", ticket))


def answer_with_extras(stack: Stack, text: str, language: str) -> None:
    """The agent's message has quick replies and an article of this language from now on."""
    assert stack.rows(ANSWERED_WITH, language, text)
