"""The whole product for the browser tests, with a hand on each of its parts."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from redis import Redis

from helpdesk.devstack import processes, services
from helpdesk.devstack.postgres import Postgres
from helpdesk.devstack.state import REPOSITORY
from helpdesk.devstack.throwaway import throwaway_servers
from helpdesk.devstack.valkey import Valkey

# Short, so that a silent connection is noticed within a test; else as in production.
SETTINGS = {
    "DEMO": "true",
    "LOG_FORMAT": "console",
    "LIVE_PREFIX": "live",
    "LIVE_HEARTBEAT_SECONDS": "5",
    "LIVE_RESET_SPREAD_MS": "200",
}
# Everybody else goes home, so that each new chat is Maja's.
ONE_AGENT = """
UPDATE accounts_user SET availability = 'offline' WHERE email NOT LIKE 'maja@%';
UPDATE accounts_agentcapacity SET chats = 1000 WHERE user_id =
    (SELECT id FROM accounts_user WHERE email LIKE 'maja@%');
"""


@dataclass
class Stack:
    postgres: Postgres
    valkey: Valkey
    home: Path
    port: int = field(default_factory=processes.free_port)
    web: services.Service = field(init=False)
    worker: services.Service = field(init=False)

    def __post_init__(self) -> None:
        self.web = services.web("daphne", self.port, self.env, self.home)
        self.worker = services.worker(self.env, self.home)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        return {
            **os.environ,
            **SETTINGS,
            "SECRET_KEY": "a key for the browser tests, long enough for every check of it",
            "DATABASE_URL": self.postgres.url("helpdesk"),
            "REDIS_URL": self.valkey.url(),
            "PUBLIC_URL": self.url,
            "DATA_DIR": str(self.home),
        }

    # ---- its life ----

    def prepare(self) -> None:
        """Tables and the demo shop, while the static files are collected beside."""
        static = self._manage("collectstatic", "--noinput")
        self.postgres.create_database("helpdesk")
        self._finish(self._manage("migrate", "--noinput"))
        self._finish(self._manage("demo"))
        with self.database() as connection:
            connection.execute(ONE_AGENT)
        self._finish(static)

    def start(self) -> None:
        self.web.start()
        self.worker.start()
        self.wait_for_web()

    def stop(self) -> None:
        for part in (self.web, self.worker):
            if part.process:
                kill(part.process)

    def wait_for_web(self) -> None:
        processes.wait_until(lambda: self._answers() or not self.web.is_up(), 60)
        assert self._answers(), processes.tail(self.web.log, 30)

    def wait_for_somebody(self) -> None:
        """Until visitors are offered a chat."""
        path = f"/widget/{self.value('SELECT public_id FROM tickets_inbox')}/state.json"
        assert processes.wait_until(lambda: b'"free":true' in self._get(path)[1], 30)

    # ---- what happens to it ----

    def kill_web(self) -> None:
        kill(self.web.process)

    def restart_web(self) -> None:
        self.web.start()
        self.wait_for_web()

    def restart_redis_with_its_memory_lost(self) -> None:
        kill(self.valkey.process)
        self.valkey.start()

    def restart_postgres(self) -> None:
        """As after a crash: SIGQUIT ends it at once, and the log is replayed."""
        assert self.postgres.process
        processes.stop(self.postgres.process, signal.SIGQUIT, 20)
        self.postgres.start()

    @contextmanager
    def announcements_held(self) -> Iterator[None]:
        """Redis reads on, and writes nothing: whoever commits now cannot announce it."""
        with self.redis() as redis:
            redis.client_pause(60_000, all=False)
            try:
                yield
            finally:
                redis.client_unpause()

    # ---- what it knows ----

    def database(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.postgres.url("helpdesk"), autocommit=True)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self.database() as connection:
            return connection.execute(query, values).fetchall()

    def value(self, query: str, *values: object) -> Any:
        return self.rows(query, *values)[0][0]

    def redis(self) -> Redis:
        return Redis.from_url(self.valkey.url())

    def log(self) -> str:
        return self.web.log.read_text(errors="replace")

    # ---- inside ----

    def _manage(self, *arguments: str) -> subprocess.Popen[bytes]:
        return processes.spawn(
            [sys.executable, "manage.py", *arguments],
            log=self.home / "setup.log",
            death_signal=signal.SIGKILL,
            env=self.env,
            cwd=REPOSITORY,
        )

    def _finish(self, process: subprocess.Popen[bytes]) -> None:
        assert process.wait(90) == 0, processes.tail(self.home / "setup.log", 30)

    def _answers(self) -> bool:
        return self._get("/health/ready")[0] == 200

    def _get(self, path: str) -> tuple[int, bytes]:
        """Status and body; status 0 when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()


def kill(process: subprocess.Popen[bytes] | None) -> None:
    assert process
    process.kill()
    process.wait()


@contextmanager
def running_stack() -> Iterator[Stack]:
    home = Path(tempfile.mkdtemp(prefix="helpdesk-browser-"))
    # On disk with fsync: what was acknowledged has to survive a crash of the database.
    with throwaway_servers(durable=True) as (postgres, valkey):
        stack = Stack(postgres, valkey, home)
        try:
            stack.prepare()
            stack.start()
            yield stack
        finally:
            stack.stop()
            shutil.rmtree(home, ignore_errors=True)
