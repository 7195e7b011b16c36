"""`run.mjs` for a machine without Node.js: the same lines, answered by a page in Chromium.

A process of its own, since Playwright leaves an event loop behind.
"""

import json
import mimetypes
import sys
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Route, sync_playwright

from helpdesk.devstack.chromium import find_chromium

ROOT = Path(__file__).parents[2]
ORIGIN = "http://contract.test"
PAGE = '<script type="module" src="/tests/contract/page.mjs"></script>'


def serve(route: Route) -> None:
    path = urlsplit(route.request.url).path
    if path == "/":
        route.fulfill(body=PAGE, content_type="text/html")
        return
    file = (ROOT / path.lstrip("/")).resolve()
    kind = "text/javascript" if file.suffix == ".mjs" else mimetypes.guess_type(file.name)[0]
    route.fulfill(body=file.read_bytes(), content_type=kind or "application/octet-stream")


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        page = browser.new_page()
        page.route(f"{ORIGIN}/**", serve)
        page.goto(ORIGIN)
        page.wait_for_function("globalThis.replay !== undefined")
        for line in sys.stdin:
            found = page.evaluate("jobs => jobs.map(globalThis.replay)", json.loads(line))
            sys.stdout.write(json.dumps(found) + "\n")
            sys.stdout.flush()
        browser.close()


if __name__ == "__main__":
    main()
