"""Server-rendered pages: accessible, reflowing, in every language and both themes."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PUBLIC = [
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/signup/",
    "/help/{language}/",
    "/help/{language}/ways-to-pay/",
    "/demo/{language}/",
    "/demo/{language}/lamps/halo/",
    "/demo/{language}/checkout/",
    "/no-such-page/",
]
MANAGE = [
    "/manage/agents/",
    "/manage/agents/new/",
    "/manage/teams/",
    "/manage/teams/new/",
    "/manage/inboxes/",
    "/manage/inboxes/new/",
]
SCREENS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    "dark phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}, "color_scheme": "light"},
}


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


def problems(page: Page, path: str) -> list[str]:
    page.goto(path)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [
        f"{path} {text}" for text in [*violations(page), *(["scrolls sideways"] if wide else [])]
    ]


def sign_in(window: BrowserContext, name: str) -> Page:
    page = window.new_page()
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(f"{name}@lumen-oak.example")
    page.locator("[name=password]").fill("lumen-demo")
    page.locator("form .btn--primary").click()
    expect(page).not_to_have_url("**/accounts/login/")
    return page


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("language", ["en", "tr", "pl"])
def test_public_pages_are_for_everybody(open_window: Any, language: str, screen: str) -> None:
    page = open_window(**SCREENS[screen] | {"locale": language}).new_page()
    found = [text for path in PUBLIC for text in problems(page, path.format(language=language))]
    assert found == []


@pytest.mark.parametrize("screen", SCREENS)
def test_managers_pages_are_for_everybody(open_window: Any, screen: str) -> None:
    page = sign_in(open_window(**SCREENS[screen]), "ewa")
    assert [text for path in MANAGE for text in problems(page, path)] == []


def test_sign_in_needs_no_mouse_and_shows_its_error(open_window: Any) -> None:
    page = open_window().new_page()
    page.goto("/accounts/login/")
    page.locator("[name=login]").focus()
    page.keyboard.type("maja@lumen-oak.example")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("do not match")
    assert violations(page) == []


def test_help_centre_works_without_javascript(open_window: Any) -> None:
    page = open_window(java_script_enabled=False).new_page()
    page.goto("/help/en/")
    page.get_by_role("link", name="Where is my order?").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where is my order?")
    page.get_by_role("link", name="PL, Polski").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gdzie jest moje zamówienie?")
