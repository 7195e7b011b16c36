"""Whatever people write is text on every screen."""

from __future__ import annotations

import json
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenWindow
from tests.browser.screens import Agent, Visitor
from tests.browser.stack import Stack

EVIL = '<img src=x onerror="parent.pwned=pwned=1"><script>pwned=1</script><b>bold</b> & "\''


def is_untouched(page: Page) -> bool:
    return not any(frame.evaluate("() => 'pwned' in window") for frame in page.frames)


def test_markup_stays_text(stack: Stack, open_window: OpenWindow, agent: Agent) -> None:
    inbox = stack.value("SELECT public_id FROM tickets_inbox")
    window = open_window()
    token = window.request.post(f"/widget/{inbox}/session/").json()["token"]
    body = f"{EVIL} {uuid4()}"
    page = {"url": f"{stack.url}/demo/en/?{EVIL}", "title": EVIL, "referrer": ""}
    start = {"language": "en", "name": EVIL, "page": page}
    frame = {"type": "message.send", "ref": str(uuid4()), "kind": "reply", "body": body}
    answer = window.request.post(
        f"/live/widget/{inbox}/send",
        headers={"Authorization": f"Bearer {token}"},
        data={"frames": [frame | {"start": start}]},
    )
    ticket = answer.json()["answers"][0]["ticket"]
    kept = f"localStorage.setItem('helpdesk:{inbox}:token', {json.dumps(json.dumps(token))})"
    window.add_init_script(f"if (location.origin === '{stack.url}') {kept}")

    row = agent.page.locator(f"[data-row='{ticket}']")
    expect(row.locator(".conv__name")).to_have_text(EVIL)
    row.click()
    expect(agent.bubbles).to_have_text([body])
    expect(agent.page.locator("#conv-name")).to_have_text(EVIL)
    expect(agent.page.locator("dd").filter(has_text=EVIL)).to_have_text([EVIL])
    agent.write(f"Reply {EVIL}")
    agent.note(f"Note {EVIL}")
    expect(agent.page.locator(".note__text")).to_have_text(f"Note {EVIL}")
    expect(agent.page.locator(".log, .pane--details, .pane--list").locator("img, b")).to_have_count(
        0
    )

    visitor = Visitor(window.new_page())
    visitor.open_shop()
    visitor.open_chat()
    visitor.chat.get_by_role("button", name="Continue the chat").click()
    expect(visitor.bubbles).to_have_text([body, f"Reply {EVIL}"])
    expect(visitor.chat.locator(".log").locator("img, b, script")).to_have_count(0)
    assert is_untouched(agent.page)
    assert is_untouched(visitor.page)
