"""A Firefox of the machine, spoken with by WebDriver BiDi, which it serves itself.

Playwright drives only a Firefox of its own; this needs none but the one that is installed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from helpdesk.devstack import processes

SECONDS = 30


def find_firefox() -> str | None:
    return shutil.which("firefox") or shutil.which("firefox-esr")


class Refused(Exception):
    """What Firefox would not do, or what a script has thrown."""


class Firefox:
    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.numbers = count(1)
        self.ask("session.new", capabilities={})
        self.open_window()

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while (answer := json.loads(self.socket.recv(timeout=SECONDS))).get("id") != number:
            pass
        if answer["type"] == "error":
            raise Refused(answer["message"])
        return dict(answer["result"])

    def open_window(self) -> None:
        """A page with cookies and storage of its own; what is asked later is asked of it."""
        user = self.ask("browser.createUserContext")["userContext"]
        made = self.ask("browsingContext.create", type="tab", userContext=user)
        self.page = str(made["context"])

    def visit(self, url: str) -> None:
        self.ask("browsingContext.navigate", context=self.page, url=url, wait="complete")

    def run(self, script: str, where: str | None = None) -> Any:
        """The value of an expression, in the page or in another context."""
        target = {"context": where or self.page}
        found = self.ask("script.evaluate", expression=script, target=target, awaitPromise=True)
        if found["type"] != "success":
            raise Refused(found["exceptionDetails"]["text"])
        return found["result"].get("value")

    def wait(self, script: str, where: str | None = None) -> None:
        """Until an expression is true; what throws is not yet."""

        def holds() -> bool:
            try:
                return bool(self.run(script, where))
            except Refused:
                return False

        assert processes.wait_until(holds, SECONDS), script

    def frame(self) -> str:
        """The context of the first frame in the page."""
        tree = self.ask("browsingContext.getTree", root=self.page)["contexts"][0]
        return str(tree["children"][0]["context"])

    def click(self, x: int, y: int) -> None:
        steps = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        pointer = {"type": "pointer", "id": "mouse", "actions": steps}
        self.ask("input.performActions", context=self.page, actions=[pointer])

    def type(self, text: str, where: str) -> None:
        steps = [{"type": way, "value": key} for key in text for way in ("keyDown", "keyUp")]
        keys = {"type": "key", "id": "keys", "actions": steps}
        self.ask("input.performActions", context=where, actions=[keys])


@contextmanager
def running_firefox(binary: str, home: Path) -> Iterator[Firefox]:
    port = processes.free_port()
    log = home / "firefox.log"
    arguments = [binary, "--headless", "--no-remote", "--profile", str(home)]
    with log.open("w") as output:
        process = subprocess.Popen(
            [*arguments, f"--remote-debugging-port={port}", "about:blank"], stderr=output
        )
    try:
        said = "WebDriver BiDi listening"
        assert processes.wait_until(lambda: said in log.read_text(), SECONDS), log.read_text()
        with connect(f"ws://127.0.0.1:{port}/session", max_size=None) as socket:
            yield Firefox(socket)
    finally:
        process.kill()
        process.wait()
