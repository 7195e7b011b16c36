"""The same pages of others in Firefox, where there is one."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.browser.firefox import Firefox, find_firefox, running_firefox
from tests.browser.test_host_pages import shop

__all__ = ["shop"]
ROOT = "document.querySelector('[data-helpdesk]').shadowRoot"
CENTRE = f"""(() => {{
  const box = {ROOT}.querySelector(".launcher").getBoundingClientRect();
  return JSON.stringify([box.x + box.width / 2, box.y + box.height / 2].map(Math.round));
}})()"""
BUTTONS = "[...document.querySelectorAll('button')]"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    binary = find_firefox()
    if binary is None:
        pytest.skip("no Firefox is installed")
    with running_firefox(binary, tmp_path_factory.mktemp("firefox")) as firefox:
        yield firefox


def press(firefox: Firefox, name: str, frame: str) -> None:
    wanted = f"(({{textContent, ariaLabel}}) => [textContent, ariaLabel].includes('{name}'))"
    firefox.wait(f"{BUTTONS}.some{wanted}", frame)
    firefox.run(f"{BUTTONS}.find{wanted}.click()", frame)


@pytest.mark.parametrize("host", ["plain", "strict", "hostile", "routes"])
def test_a_chat_on_somebodys_page(shop: str, on_duty: None, firefox: Firefox, host: str) -> None:
    firefox.open_window()
    firefox.visit(f"{shop}/{host}.html")
    firefox.wait(f"{ROOT}.querySelector('.launcher')")
    firefox.click(*json.loads(firefox.run(CENTRE)))
    firefox.wait(f"{ROOT}.querySelector('iframe:not(.closed)')")
    frame = firefox.frame()
    firefox.wait("document.querySelector('h1')", frame)
    firefox.wait(f"{BUTTONS}.some(({{textContent}}) => /chat/.test(textContent))", frame)
    firefox.run(f"{BUTTONS}.find(({{textContent}}) => /chat/.test(textContent)).click()", frame)
    firefox.wait("document.querySelector('textarea')", frame)
    firefox.run("document.querySelector('textarea').focus()", frame)
    firefox.type(f"Firefox, {host}", frame)
    firefox.run(f"{BUTTONS}.find(({{type}}) => type === 'submit').click()", frame)
    firefox.wait("document.querySelector('.msg--out .msg__meta svg')?.ariaLabel === 'Sent'", frame)
    firefox.wait(f"document.body.textContent.includes('Firefox, {host}')", frame)
    press(firefox, "Minimise chat", frame)
    firefox.wait(f"{ROOT}.querySelector('iframe.closed')")
