"""Web processes of the product on the database of the tests, to start and to kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

from django.conf import settings
from django.db import connection

from helpdesk.devstack import processes
from helpdesk.devstack.state import REPOSITORY

START_SECONDS = 60.0
DAPHNE = ("daphne", "-b", "127.0.0.1", "-p", "{port}", "helpdesk.asgi:application")
UVICORN = (
    *("uvicorn", "--host", "127.0.0.1", "--port", "{port}", "--ws", "websockets-sansio"),
    *("--lifespan", "off", "--no-access-log", "helpdesk.asgi:application"),
)
COMMANDS = {"daphne": DAPHNE, "uvicorn": UVICORN}


def environment(**more: str) -> dict[str, str]:
    """What a process of the product needs to be on the tests' servers."""
    url = urlsplit(os.environ["DATABASE_URL"])
    database = urlunsplit(url._replace(path=f"/{connection.settings_dict['NAME']}"))
    return {
        **os.environ,
        "DATABASE_URL": database,
        "REDIS_URL": settings.REDIS_URL,
        "DJANGO_SETTINGS_MODULE": "helpdesk.settings",
        **more,
    }


class WebProcess:
    def __init__(self, server: str, port: int, log: Path, env: dict[str, str]) -> None:
        self.server, self.port, self.log, self.env = server, port, log, env
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program, *arguments = COMMANDS[self.server]
        self.process = processes.spawn(
            [
                Path(sys.executable).with_name(program),
                *(argument.format(port=self.port) for argument in arguments),
            ],
            log=self.log,
            death_signal=signal.SIGKILL,
            env=self.env,
            cwd=REPOSITORY,
        )
        assert processes.wait_until(self._answers, START_SECONDS), self.log.read_text()

    def terminate(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def wait(self, seconds: float) -> int:
        assert self.process is not None
        return self.process.wait(seconds)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def _answers(self) -> bool:
        try:
            with urlopen(f"http://{self.host}/health/live", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


@contextmanager
def web_process(server: str, folder: Path, **env: str) -> Iterator[WebProcess]:
    process = WebProcess(
        server, processes.free_port(), folder / f"{server}.log", environment(**env)
    )
    process.start()
    try:
        yield process
    finally:
        process.kill()
