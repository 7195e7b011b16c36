"""`script/server` from the first start to the last stop, with the whole product."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

import psycopg
import pytest

from helpdesk.devstack import processes, state

OURS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "LIVE_PREFIX")
STARTED = "Stop with Ctrl-C."
Start = Callable[[], "Server"]


class Server:
    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        given = {name: value for name, value in os.environ.items() if name not in OURS}
        self.output = home / "terminal"
        with self.output.open("w") as terminal:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "helpdesk.devstack", "serve"],
                cwd=state.REPOSITORY,
                env=given | {"DATA_DIR": str(home), "PORT": str(port), "DEBUG": "true"},
                stdout=terminal,
                stderr=subprocess.STDOUT,
            )
        processes.wait_until(self.has_started_or_failed, 150)
        assert STARTED in self.shown(), self.shown()

    def shown(self) -> str:
        return self.output.read_text()

    def has_started_or_failed(self) -> bool:
        return STARTED in self.shown() or self.process.poll() is not None

    def is_healthy(self) -> bool:
        with urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=10) as answer:
            return bool(answer.status == 200)

    def told(self) -> dict[str, dict[str, str]]:
        return dict(json.loads((self.home / "run" / "state.json").read_text()))

    def children(self) -> list[int]:
        return [int(pid) for pid in self.told()["processes"].values()]

    def tickets(self) -> int:
        with psycopg.connect(self.told()["urls"]["DATABASE_URL"]) as connection:
            row = connection.execute("SELECT count(*) FROM tickets_ticket").fetchone()
        return int(row[0]) if row else 0

    def end(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        return self.process.wait(40)


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    """Starts one after the other on the same data; whatever a failing test left is ended."""
    with ExitStack() as ends:
        port = processes.free_port()

        def begin() -> Server:
            server = Server(home, port)
            ends.callback(server.process.wait)
            ends.callback(server.process.terminate)
            return server

        yield begin


def all_ended(pids: list[int]) -> bool:
    return processes.wait_until(lambda: not any(map(processes.is_alive, pids)), 10)


@pytest.mark.timeout(300)
def test_a_whole_life(start: Start) -> None:
    first = start()
    assert first.is_healthy()
    children, tickets = first.children(), first.tickets()
    assert len(children) == 5
    assert tickets > 0
    assert first.end(signal.SIGTERM) == 0
    assert all_ended(children)

    second = start()
    assert "demo shop and its" not in second.shown()
    assert second.tickets() == tickets
    children = second.children()
    for pid in [second.process.pid, *children]:
        os.kill(pid, signal.SIGKILL)
    assert all_ended(children)

    third = start()
    assert third.is_healthy()
    assert third.tickets() == tickets
    children = third.children()
    third.process.kill()
    if sys.platform.startswith("linux"):
        assert all_ended(children)
