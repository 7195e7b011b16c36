"""Files in the chat: chosen, dropped, pasted, tried again, seen by the other side and answered."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, Route, expect

from tests import make
from tests.browser.checks import faults
from tests.browser.screens import Agent, Visitor

PDF = b"%PDF-1.7\n" + b"0" * 5_000
FILES = "**/files/"


def cut(route: Route) -> None:
    route.abort()


def payload(name: str, content: bytes, media_type: str = "application/pdf") -> Any:
    return {"name": name, "mimeType": media_type, "buffer": content}


def choose(screen: Page | FrameLocator, page: Page, *files: Any) -> None:
    with page.expect_file_chooser() as chooser:
        screen.get_by_role("button", name="Attach a file").click()
    chooser.value.set_files(list(files))


def transfer(target: Locator, event: str, name: str, content: bytes, media_type: str) -> None:
    """A drop or a paste, as the browser tells the page of it."""
    target.evaluate(
        """(element, [event, name, content, type]) => {
            const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
            const data = new DataTransfer();
            data.items.add(new File([bytes], name, { type }));
            const how = { bubbles: true, cancelable: true };
            element.dispatchEvent(
                event === "paste"
                    ? new ClipboardEvent(event, { ...how, clipboardData: data })
                    : new DragEvent(event, { ...how, dataTransfer: data }));
        }""",
        [event, name, base64.b64encode(content).decode(), media_type],
    )


def chips(screen: Page | FrameLocator) -> Locator:
    return screen.locator(".chip")


def pictures(screen: Page | FrameLocator) -> Locator:
    return screen.locator(".log .picture img")


def cards(screen: Page | FrameLocator) -> Locator:
    return screen.locator(".log .attached__card")


def is_drawn(picture: Locator) -> bool:
    return bool(picture.evaluate("image => image.decode().then(() => image.naturalWidth > 0)"))


def test_the_team_gets_a_picture_and_a_paper(
    visitor: Visitor, agent: Agent, tmp_path: Path
) -> None:
    chat = visitor.chat
    visitor.start("My lamp came broken")
    agent.open("My lamp came broken")
    lamp = payload("lamp.jpg", make.picture("JPEG", (800, 600)), "image/jpeg")
    choose(chat, visitor.page, lamp, payload("invoice.pdf", PDF))
    expect(chips(chat)).to_have_count(2)
    expect(chips(chat).last).to_contain_text("5 KB")
    chat.get_by_role("button", name="Send", exact=True).click()
    expect(chips(chat)).to_have_count(0)
    expect(visitor.composer).to_be_focused()
    expect(cards(chat)).to_contain_text("invoice.pdf")
    assert is_drawn(pictures(chat))

    expect(agent.rows.filter(has_text="📎 lamp.jpg, invoice.pdf")).to_be_visible()
    assert is_drawn(pictures(agent.page))
    with agent.page.expect_download() as download:
        cards(agent.page).click()
    assert download.value.suggested_filename == "invoice.pdf"
    download.value.save_as(tmp_path / "got.pdf")
    assert (tmp_path / "got.pdf").read_bytes() == PDF


def test_the_team_answers_with_a_picture(visitor: Visitor, agent: Agent) -> None:
    chat, page, field = visitor.chat, visitor.page, agent.composer
    visitor.start("How do I hang it?")
    agent.open("How do I hang it?")
    transfer(field, "dragover", "how.png", b"", "image/png")
    expect(agent.page.get_by_text("Drop files here")).to_be_visible()
    transfer(field, "drop", "how.png", make.picture("PNG", (300, 400)), "image/png")
    expect(agent.page.get_by_text("Drop files here")).to_be_hidden()
    expect(chips(agent.page)).to_have_count(1)
    agent.write("Like this")
    expect(chips(agent.page)).to_have_count(0)
    expect(visitor.bubbles.last).to_have_text("Like this")
    assert is_drawn(pictures(chat))

    large = chat.get_by_role("button", name="Enlarge: how.png")
    large.focus()
    page.keyboard.press("Enter")
    dialog = chat.get_by_role("dialog", name="how.png")
    expect(dialog).to_be_visible()
    assert is_drawn(dialog.locator("img"))
    assert not faults(frame_of(page))
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(large).to_be_focused()
    expect(visitor.composer).to_be_visible()


def frame_of(page: Page) -> Any:
    (frame,) = [frame for frame in page.frames if "/frame/" in frame.url]
    return frame


def test_dropped_and_pasted_in_the_widget(visitor: Visitor) -> None:
    chat = visitor.chat
    visitor.start("Two ways to hand something over")
    transfer(visitor.composer, "dragover", "a.pdf", b"", "application/pdf")
    expect(chat.get_by_text("Drop files here")).to_be_visible()
    transfer(visitor.composer, "drop", "a.pdf", PDF, "application/pdf")
    expect(chat.get_by_text("Drop files here")).to_be_hidden()
    transfer(visitor.composer, "paste", "image.png", make.picture(), "image/png")
    expect(chips(chat)).to_have_count(2)
    visitor.write("Here")
    expect(cards(chat)).to_have_count(1)
    expect(pictures(chat)).to_have_count(1)


def test_a_file_that_is_refused_stays_out(visitor: Visitor) -> None:
    chat = visitor.chat
    visitor.start("Some files are none")
    choose(
        chat, visitor.page,
        payload("setup.png", b"MZ" + b"\0" * 300, "image/png"),
        payload("nothing.txt", b"", "text/plain"),
        payload("good.pdf", PDF),
    )  # fmt: skip
    expect(chips(chat).nth(0)).to_contain_text("not what its name says")
    expect(chips(chat).nth(1)).to_contain_text("This file is empty.")
    expect(chips(chat).nth(2)).to_contain_text("5 KB")
    assert not faults(frame_of(visitor.page))
    visitor.write("All of them")
    expect(chat.get_by_text("Remove the files that could not be uploaded")).to_be_visible()
    expect(visitor.composer).to_have_value("All of them")
    for name in ("setup.png", "nothing.txt"):
        chat.get_by_role("button", name=f"Remove: {name}").click()
    visitor.composer.press("Enter")
    expect(visitor.bubbles.last).to_have_text("All of them")
    expect(cards(chat)).to_have_count(1)


def test_a_message_waits_for_its_file(visitor: Visitor) -> None:
    """The line is cut, then slow: nothing is lost, sent twice, or sent without its file."""
    chat, page = visitor.chat, visitor.page
    visitor.start("The line is bad")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(FILES, cut)
    choose(chat, page, payload("a.pdf", PDF))
    expect(chips(chat)).to_contain_text("No connection. Try again.")
    page.unroute(FILES)
    page.route(FILES, hold)
    chat.get_by_role("button", name="Try again: a.pdf").click()
    expect(chat.get_by_role("progressbar")).to_be_visible()
    visitor.write("With a file")
    send = chat.get_by_role("button", name="Send", exact=True)
    expect(send).to_have_attribute("aria-busy", "true")
    visitor.composer.fill("With a file, and more words")
    held[0].continue_()
    expect(visitor.bubbles.last).to_have_text("With a file, and more words")
    expect(cards(chat)).to_have_count(1)
    expect(visitor.composer).to_have_value("")
    page.unroute(FILES)


def test_what_is_chosen_stays_over_a_look_elsewhere(visitor: Visitor) -> None:
    chat = visitor.chat
    visitor.start("I look around")
    choose(chat, visitor.page, payload("a.pdf", PDF))
    expect(chips(chat)).to_contain_text("5 KB")
    chat.get_by_role("button", name="Back").first.click()
    expect(visitor.composer).to_have_count(0)
    chat.get_by_role("button", name="Continue the chat").click()
    expect(chips(chat)).to_contain_text("a.pdf")


SAY = """async ([ticket, more]) => {
    const root = document.getElementById("app");
    const frame = { type: "message.send", ref: crypto.randomUUID(), ticket, ...more };
    const answer = await fetch("/live/console/send", {
        method: "POST", body: JSON.stringify({ frames: [frame] }),
        headers: { "X-CSRFToken": root.dataset.csrf, "Content-Type": "application/json" },
    });
    return (await answer.json()).answers[0].type;
}"""


@pytest.mark.parametrize("label", ["Yes, please"])
def test_quick_replies_and_an_article(visitor: Visitor, agent: Agent, label: str) -> None:
    chat = visitor.chat
    visitor.start("Can I dim it?")
    agent.open("Can I dim it?")
    ticket = next(iter(visitor.wire.acks.values()))[0]["ticket"]
    slug = agent.page.evaluate(
        "async () => (await (await fetch('/help/en/')).text()).match(/help\\/en\\/([\\w-]+)\\//)[1]"
    )
    more = {"body": "Shall I send one?", "choices": [label, "No"], "article": slug}
    assert agent.page.evaluate(SAY, [ticket, more]) == "ack"
    expect(chat.locator(".articlecard")).to_contain_text("Help article")
    expect(agent.page.locator(".log .articlecard")).to_contain_text("min read")
    expect(agent.page.locator(".quick--sent")).to_contain_text(label)
    chat.locator(".articlecard").click()
    expect(chat.get_by_role("heading", level=1)).not_to_have_text("Maja")
    chat.get_by_role("button", name="Back").first.click()
    group = chat.get_by_role("group", name="Quick replies")
    assert not faults(frame_of(visitor.page))
    group.get_by_role("button", name=label).click()
    expect(visitor.bubbles.last).to_have_text(label)
    expect(group).to_have_count(0)
    expect(visitor.composer).to_be_focused()
    expect(agent.bubbles.last).to_have_text(label)
