"""The processes of the product itself, as `script/server` runs them."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from helpdesk.devstack import processes
from helpdesk.devstack.state import REPOSITORY

WORKER_STOP_SECONDS = 20.0
STOP_SECONDS = 8.0


@dataclass
class Service:
    name: str
    command: list[str]
    env: Mapping[str, str]
    log: Path
    stop_seconds: float = STOP_SECONDS
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        self.process = processes.spawn(
            self.command,
            log=self.log,
            # Whoever is left without a supervisor holds nothing that is not in the database.
            death_signal=signal.SIGKILL,
            env=self.env,
            cwd=REPOSITORY,
        )

    def is_up(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        if self.process:
            processes.stop(self.process, signal.SIGTERM, self.stop_seconds)


WEB_SERVERS = {
    # Twisted's backlog of 50 turns clients away when thousands come back at once.
    "daphne": [
        *("daphne", "--application-close-timeout", "5"),
        *("-e", "tcp:port={port}:interface=127.0.0.1:backlog=2048"),
    ],
    "uvicorn": [
        *("uvicorn", "--ws", "websockets-sansio", "--loop", "uvloop", "--http", "httptools"),
        *("--ws-per-message-deflate", "false", "--lifespan", "off", "--no-access-log"),
        *("--ws-max-size", "131072"),
        *("--host", "127.0.0.1", "--port", "{port}"),
    ],
}


def web_command(server: str, port: int) -> list[str]:
    """The command line of a web process on the loopback address."""
    words = [word.format(port=port) for word in WEB_SERVERS[server]]
    return [sys.executable, "-m", *words, "helpdesk.asgi:application"]


def web(server: str, port: int, env: Mapping[str, str], logs: Path) -> Service:
    return Service("web", web_command(server, port), env, logs / "web.log")


def worker(env: Mapping[str, str], logs: Path) -> Service:
    """Threads, not forked children: nothing to lose, quick to stop."""
    command = [
        *_celery("worker"),
        *("-P", "threads", "-c", "4", "--without-gossip", "--without-mingle"),
    ]
    return Service("worker", command, env, logs / "worker.log", WORKER_STOP_SECONDS)


def beat(env: Mapping[str, str], logs: Path) -> Service:
    return Service("beat", [*_celery("beat"), "--pidfile", ""], env, logs / "beat.log")


def _celery(verb: str) -> list[str]:
    return [sys.executable, "-m", "celery", "-A", "helpdesk.celery", verb]
