"""What server-rendered pages promise to a browser: keys suffice, and scripts are not needed."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow


def test_sign_in_needs_no_mouse_and_says_what_was_wrong(open_window: OpenWindow) -> None:
    page = open_window().new_page()
    page.goto("/accounts/login/")
    page.locator("[name=login]").focus()
    page.keyboard.type("nobody@lumen-oak.example")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("do not match")


def test_help_centre_works_without_javascript(open_window: OpenWindow) -> None:
    page = open_window(java_script_enabled=False).new_page()
    page.goto("/help/en/")
    page.get_by_role("link", name="Where is my order?").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where is my order?")
    page.get_by_role("link", name="PL, Polski").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gdzie jest moje zamówienie?")
    page.goto("/help/pl/ways-to-pay/")
    expect(page.get_by_role("note")).to_contain_text("angielski")
