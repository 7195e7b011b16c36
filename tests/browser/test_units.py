"""The tests in tests/js once more, in the engine that runs the code: where Node.js is missing they
run here alone. Those that read files are Node's."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from helpdesk.devstack.state import REPOSITORY
from tests.browser.conftest import OpenWindow

ORIGIN = "http://units.localhost"
SHIM = Path(__file__).with_name("node_shim.js")
MAP = '{"imports": {"node:test": "/shim.js", "node:assert/strict": "/shim.js"}}'
PAGE = f'<!doctype html><title>Units</title><script type="importmap">{MAP}</script>'
RUN = """async (file) => {
  await import(file);
  const { runTests } = await import("/shim.js");
  return await runTests();
}"""
NODE_ALONE = ("node:fs", "node:path", "node:zlib", "process.")
FILES = [
    path.relative_to(REPOSITORY).as_posix()
    for path in sorted((REPOSITORY / "tests" / "js").glob("*.test.js"))
    if not any(word in path.read_text() for word in NODE_ALONE)
]


@pytest.fixture
def page(open_window: OpenWindow) -> Page:
    window = open_window()
    window.route(f"{ORIGIN}/**", serve)
    page = window.new_page()
    page.goto(f"{ORIGIN}/")
    return page


def serve(route: Route) -> None:
    path = route.request.url.removeprefix(f"{ORIGIN}/")
    if not path:
        route.fulfill(body=PAGE, content_type="text/html")
    elif path.endswith(".js"):
        source = SHIM if path == "shim.js" else REPOSITORY / path
        route.fulfill(body=source.read_text(), content_type="text/javascript")
    else:
        route.fulfill(status=404)


def test_the_scripts_units_hold_in_a_browser(page: Page) -> None:
    results = {file: page.evaluate(RUN, f"/{file}") for file in FILES}
    failures = [text for result in results.values() for text in result["failures"]]
    assert not failures, "\n".join(failures)
    assert all(result["count"] for result in results.values()), results
