"""Shops of others, each on an address of its own: what a chat has to live with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

HERE = Path(__file__).parent
VENDOR = HERE.parent / "vendor"
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript"}


class Shop(BaseHTTPRequestHandler):
    """Sends the pages beside this file, with the snippet of an inbox in them. A path without a
    file is the single-page shop's."""

    def __init__(self, origin: str, inbox: str, *rest: object) -> None:
        self.origin, self.inbox = origin, inbox
        super().__init__(*rest)

    def do_GET(self) -> None:
        path = self.path.partition("?")[0].lstrip("/")
        folder = VENDOR if path.startswith("vendor/") else HERE
        file = folder / Path(path).name
        if not file.is_file():
            file = HERE / "routes.html"
        body = file.read_text()
        if file.suffix == ".html":
            body = body.replace("{origin}", self.origin).replace("{inbox}", self.inbox)
        self.send_response(200)
        self.send_header("Content-Type", TYPES[file.suffix])
        if file.name == "strict.html":
            self.send_header("Content-Security-Policy", self.policy())
        self.end_headers()
        self.wfile.write(body.encode())

    def policy(self) -> str:
        """As docs/widget.md says: nothing else is asked of a page."""
        return (
            f"default-src 'none'; script-src {self.origin}; frame-src {self.origin}; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )

    def log_message(self, *_arguments: object) -> None:
        pass


@contextmanager
def shop_at(address: str, origin: str, inbox: str) -> Iterator[str]:
    """The URL of a shop that listens at a loopback address and carries this inbox's snippet."""
    server = ThreadingHTTPServer((address, 0), partial(Shop, origin, inbox))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{address}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
