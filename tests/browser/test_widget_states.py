"""Every state of the chat, in every language and theme, on a phone and on a desk, is for everybody.

One visit for each language and theme leads through all of them: the ways between cost the most.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from helpdesk.core import clock
from tests import make
from tests.browser.checks import faults, movements, sideways
from tests.browser.conftest import DESKTOP, PHONE, OpenWindow
from tests.browser.screens import BUBBLES, Agent
from tests.browser.stack import Stack
from tests.browser.test_accessibility import nobody_there
from tests.browser.test_invitations import Invite, Reader, invite, theme_of
from tests.browser.test_widget_views import SLOTS, WARSAW, changed, closed, full
from tests.browser.visit import Visit, answer_with_extras, refusing, take

__all__ = ["invite"]
LANGUAGES, SCHEMES = ["en", "tr", "pl"], ["light", "dark"]
# So that nothing honest can be said about a wait.
NOBODY_WAITED = "DELETE FROM tickets_ticketevent WHERE data ? 'waited' RETURNING id"
NO_HOURS = "UPDATE accounts_calendar SET weekly = '{}'"
FILES = [
    {"name": "lamp.png", "mimeType": "image/png", "buffer": make.picture("PNG", (300, 200))},
    {"name": "invoice.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n" + b"0" * 900},
    {"name": "empty.pdf", "mimeType": "application/pdf", "buffer": b""},
]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_visit(
    language: str, scheme: Any, stack: Stack, open_window: OpenWindow, agent: Agent
) -> None:
    window = open_window(color_scheme=scheme, locale=language, reduced_motion="reduce")
    visit = Visit(window.new_page(), stack, language, scheme)
    inbox = stack.value("SELECT public_id FROM tickets_inbox")
    comes(visit, f"/widget/{inbox}/frame/?lang={language}&theme={scheme}")
    looks_for_answers(visit)
    asks_for_a_call(visit)
    looks_at_what_is_kept(visit)
    fills_forms(visit)
    finds_nobody(visit)
    waits(visit)
    talks(visit, agent)
    goes(visit)
    assert not visit.found, "\n".join(visit.found)


def test_the_launcher(stack: Stack, invite: Invite, open_window: OpenWindow, agent: Agent) -> None:
    """What stands on the page of a shop: an invitation, and what came while the chat was closed."""
    invite([dict.fromkeys(LANGUAGES, "Hangisi? Która? Ask us.")])
    found: list[str] = []
    with theme_of(stack, "system"):
        for language, scheme in product(LANGUAGES, SCHEMES):
            window = open_window(color_scheme=scheme, locale=language, reduced_motion="reduce")
            reader, text = Reader(window, stack), f"Invited {language} {scheme}"
            reader.is_asked(f"/demo/{language}/lamps/halo/")
            found += look_around(reader.page, f"{text}: invitation")
            reader.card.locator(".choice").click()
            reader.chat.locator("#f-message").fill(text)
            reader.chat.locator(".filled__foot button").click()
            expect(reader.bubbles.last).to_have_text(text)
            reader.page.evaluate("() => HelpdeskWidget.close()")
            agent.open(text)
            agent.write(f"Yes, {text}")
            expect(reader.card).to_contain_text(f"Yes, {text}")
            expect(reader.launcher.locator("i")).to_have_text("1")
            found += look_around(reader.page, f"{text}: preview")
            window.close()
    assert not found, "\n".join(found)


def look_around(page: Page, name: str) -> list[str]:
    found = [*sideways(page), *movements(page)]
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        found += faults(page)
    return [f"{name}: {fault}" for fault in found]


def comes(visit: Visit, address: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    visit.page.route("**/boot/**", hold)
    visit.page.goto(address)
    visit.see(".skel")
    visit.look("loading")
    held.pop().abort()
    visit.see(".empty button")
    visit.look("not loaded")
    visit.page.unroute("**/boot/**")
    visit.press(".empty button")
    visit.see(".talk")
    visit.look("home")
    visit.tab(1)
    visit.look("no messages")


def looks_for_answers(visit: Visit) -> None:
    visit.tab(2)
    word = max(visit.see(".popular__link").inner_text().split(), key=len)
    visit.look("help")
    with visit.failing(r"/help/\?"):
        visit.see(".search input").press_sequentially(word)
        visit.see(".help .empty button")
        visit.look("search without a network")
    visit.press(".help .empty button")
    visit.see(".hit")
    visit.look("search")
    with visit.failing(r"/help/[a-z]"):
        visit.press(".hit")
        visit.see(".empty button")
        visit.look("article without a network")
    visit.press(".empty button")
    visit.see(".article__title")
    visit.look("article")
    visit.press(".ask button")
    expect(visit.see(".ask p")).to_be_focused()
    visit.look("article that helped")
    visit.back()
    visit.see(".search input").fill("qqqq zzzz")
    visit.see(".help__none")
    visit.look("nothing found")
    visit.back()


def asks_for_a_call(visit: Visit) -> None:
    visit.tab(0)
    (weekly,) = visit.stack.rows("SELECT weekly::text FROM accounts_calendar")[0]
    with changed(visit.stack, NO_HOURS, f"UPDATE accounts_calendar SET weekly = '{weekly}'"):
        visit.press(".ways .choice")
        visit.see(".empty h2")
        visit.look("no time for a call")
        visit.back()
    visit.press(".ways .choice")
    visit.see(".slots3")
    visit.look("call")
    visit.press(".filled__foot button")
    visit.see(".error")
    visit.look("call without a number")
    visit.see("#f-phone").fill("+48 61 555 01 99")
    visit.press(".filled__foot button")
    visit.see(".thanks .btn--brand")
    visit.look("call asked for")
    visit.press(".thanks .btn--brand")
    visit.see(".rows")
    visit.look("messages")
    visit.tab(0)


def looks_at_what_is_kept(visit: Visit) -> None:
    visit.press(".yours")
    visit.look("privacy")
    with visit.page.expect_download():
        visit.press(".ways .choice:nth-last-child(3)")
    visit.see("[role=status] .banner")
    visit.look("copy saved")
    for name, place in (("erase", 2), ("leave", 1)):
        visit.press(f".ways .choice:nth-last-child({place})")
        visit.see("dialog[open]")
        visit.look(f"asked whether to {name}")
        visit.press("dialog[open] button")
    visit.back()


def fills_forms(visit: Visit) -> None:
    visit.press(".ways .choice:nth-child(2)")
    visit.see(".leave")
    visit.look("message")
    visit.press(".leave .btn--brand")
    visit.see(".error")
    visit.look("message with faults")
    visit.back()
    visit.press(".talk button")
    visit.see("#f-message")
    visit.look("before a chat")
    visit.press(".filled__foot button")
    visit.see(".error")
    visit.look("before a chat, with faults")
    visit.back()


def finds_nobody(visit: Visit) -> None:
    """All at work, nobody there, and closed."""
    page = visit.page
    visit.stack.rows(NOBODY_WAITED)
    with changed(visit.stack, SLOTS.format(1), SLOTS.format(1000)):
        page.reload()
        visit.see(".leave")
        visit.look("all at work")
    with nobody_there(visit.stack):
        page.reload()
        visit.see(".leave")
        visit.look("nobody there")
    with closed(visit.stack, clock.now().astimezone(WARSAW) + timedelta(days=3)):
        page.reload()
        visit.see(".hero__tag")
        visit.look("closed")
        visit.press(".leave .btn--brand")
        visit.see(".error")
        visit.look("closed, with faults")
        visit.see("#f-email").fill(visit.address)
        visit.see("#f-message").fill("For tomorrow")
        visit.press(".leave .btn--brand")
        visit.see(".thanks .btn--brand")
        visit.look("message left")
    visit.press(".thanks .btn--brand")
    visit.tab(0)
    page.reload()


def waits(visit: Visit) -> None:
    visit.press(".talk button")
    visit.see("#message").fill(visit.first)
    visit.look("new conversation")
    with full(visit.stack):
        visit.page.keyboard.press("Enter")
        visit.see(".place__range")
        visit.look("queue")
        visit.press(".leaving > button")
        visit.see("dialog[open]")
        visit.look("asked whether to leave the queue")
        visit.press("dialog[open] button")
        visit.press(".instead .choice:nth-child(2)")
        visit.see(".written")
        visit.look("message instead of waiting")
        visit.back()
        with nobody_there(visit.stack):
            visit.press(".place ~ .choice")
            visit.see(".queue")
            visit.look("writes while he waits")
            visit.press(".queue .linkbtn")
            visit.see(".waiting__unknown")
            visit.look("queue without an estimate")


def talks(visit: Visit, agent: Agent) -> None:
    take(agent, visit.stack, visit.first)
    visit.see("#message")
    agent.write(f"Answer to {visit.first}")
    expect(visit.page.locator(BUBBLES)).to_have_count(2)
    is_answered_in_other_ways(visit)
    attaches(visit)
    agent.composer.press_sequentially("Let me see", delay=20)
    visit.see(".typing")
    visit.look("an agent types")
    chooses(visit)
    loses_messages(visit)


def attaches(visit: Visit) -> None:
    page = visit.page
    page.locator("input[type=file]").set_input_files(FILES)
    expect(page.locator(".chip")).to_have_count(3)
    expect(page.locator("progress")).to_have_count(0)
    visit.look("files, one of them refused")
    visit.press(".chip--failed button")
    visit.press(".composer__bar .btn--brand")
    visit.see(".log .picture img")
    expect(page.locator(".msg--sending")).to_have_count(0)
    visit.look("files sent")
    visit.press(".log .picture")
    visit.see("dialog[open] img")
    visit.look("picture enlarged")
    page.keyboard.press("Escape")


def is_answered_in_other_ways(visit: Visit) -> None:
    """With an article and quick replies under the newest message."""
    page = visit.page
    answer_with_extras(visit.stack, f"Answer to {visit.first}", visit.language)
    page.reload()
    visit.see(".articlecard")
    visit.look("quick replies and an article")
    visit.press(".quick__choice")
    expect(page.locator(".quick")).to_have_count(0)


def chooses(visit: Visit) -> None:
    page = visit.page
    visit.press(".emojibox button")
    visit.see(".emoji__one")
    visit.look("emoji")
    page.keyboard.press("Escape")
    visit.press("[aria-haspopup=menu]")
    visit.press("[role=menuitemradio]:last-of-type")
    visit.look("menu, large text")
    page.locator("[role=menuitemradio]").first.click()
    page.locator("[role=menuitem]").first.click()
    visit.see("dialog[open] input").fill("")
    visit.press("dialog[open] .btn--brand")
    visit.see("dialog[open] .error")
    visit.look("copy without an address")
    visit.see("dialog[open] input").fill(visit.address)
    visit.press("dialog[open] .btn--brand")
    visit.see("dialog[open] [role=status]")
    visit.look("copy on its way")
    visit.press("dialog[open] button")
    visit.press("[aria-haspopup=menu]")
    page.locator("[role=menuitem]").last.click()
    visit.see("dialog[open]")
    visit.look("asked whether to end")
    visit.press("dialog[open] button")


def loses_messages(visit: Visit) -> None:
    page = visit.page
    with refusing(visit.stack, visit.first):
        visit.write("Refused")
        visit.see(".msg--failed")
        visit.look("message refused")
    visit.press(".msg__failed button")
    expect(page.locator(".msg--failed")).to_have_count(0)
    page.context.set_offline(True)
    visit.see(".banner--warning")
    visit.write("Not sent yet")
    visit.see(".msg--sending")
    visit.look("offline")
    page.context.set_offline(False)
    expect(page.locator(".msg--sending")).to_have_count(0)


def goes(visit: Visit) -> None:
    page = visit.page
    visit.back()
    visit.see(".talk")
    visit.look("home during a chat")
    visit.press(".talk button")
    visit.press("[aria-haspopup=menu]")
    page.locator("[role=menuitem]").last.click()
    visit.press("dialog[open] .btn--brand")
    visit.see(".rating")
    visit.look("rating")
    visit.press(".rating .btn--brand")
    visit.see(".error")
    visit.look("rating without a face")
    page.locator(".scale label").last.click()
    visit.press(".rating .btn--brand")
    visit.see(".thanks .btn--brand")
    visit.look("thanks for the rating")
    visit.press(".thanks .btn--brand")
    visit.tab(1)
    visit.look("messages, some ended")
    page.locator(".rows button").filter(has_text="Not sent yet").click()
    visit.see(".ended")
    visit.look("ended")
