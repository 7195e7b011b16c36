"""`script/server`: starts everything in order, watches it, and stops it in order."""

from __future__ import annotations

import http.client
import os
import secrets
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from helpdesk.devstack import processes, services, state, steps
from helpdesk.devstack.postgres import Postgres, StartFailed
from helpdesk.devstack.valkey import Valkey

POSTGRES_PORT = 28032
VALKEY_PORT = 28079
ANSWER_SECONDS = 60.0
WATCH_SECONDS = 0.2
STEADY_SECONDS = 30.0
MOST_FALLS = 6


class Part(Protocol):
    def start(self) -> None: ...
    def stop(self) -> None: ...
    def is_up(self) -> bool: ...


@dataclass
class Supervisor:
    port: int
    web_server: str
    parts: dict[str, Part] = field(default_factory=dict)
    stopping: threading.Event = field(default_factory=threading.Event)
    falls: dict[str, list[float]] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopping.set())
        try:
            self._start_servers()
            self._prepare()
            self._start_services()
            self._announce()
            self._watch()
        except steps.Stopped:
            pass
        except StartFailed as failure:
            print(f"\n{failure}", flush=True)
            return 1
        finally:
            self._stop()
        return 0

    def _start_servers(self) -> None:
        home = state.data_dir()
        self.urls["SECRET_KEY"] = os.environ.get("SECRET_KEY") or _secret_key(home)
        postgres = Postgres(home, processes.free_port(POSTGRES_PORT), self._logs / "postgres.log")
        valkey = Valkey(home / "valkey", processes.free_port(VALKEY_PORT), self._logs / "redis.log")
        with steps.progress("Starting the database and Redis"):
            self._add("DATABASE_URL", "postgres", postgres, lambda: postgres.url("helpdesk"))
            if "postgres" in self.parts:
                postgres.create_database("helpdesk")
            self._add("REDIS_URL", "redis", valkey, valkey.url)

    def _add(self, variable: str, name: str, server: Part, url: Callable[[], str]) -> None:
        """Starts our own server only where the environment names none."""
        given = os.environ.get(variable)
        if not given:
            self._start(name, server)
        self.urls[variable] = given or url()
        self._write_state()

    def _prepare(self) -> None:
        with steps.progress("Bringing the tables up to date"):
            self._manage("migrate", "--noinput")
        if steps.must_collect_static_files():
            with steps.progress("Collecting static files"):
                self._manage("collectstatic", "--noinput")
            steps.note_static_files()
        if not steps.has_tickets(self.urls["DATABASE_URL"]):
            with steps.progress("Making the demo shop and its weeks of tickets"):
                self._manage("demo")

    def _start_services(self) -> None:
        with steps.progress("Starting web, worker and beat"):
            self._start("worker", services.worker(self._env, self._logs))
            self._start("web", services.web(self.web_server, self.port, self._env, self._logs))
            self._wait_for_answer()
            # Last: it would only keep the others from the processor.
            self._start("beat", services.beat(self._env, self._logs))

    def _start(self, name: str, part: Part) -> None:
        if self.stopping.is_set():
            raise steps.Stopped
        self.parts[name] = part
        part.start()
        self._write_state()

    def _wait_for_answer(self) -> None:
        deadline = time.monotonic() + ANSWER_SECONDS
        while not _answers(self.port):
            if self.stopping.wait(0.05):
                raise steps.Stopped
            if not self.parts["web"].is_up() or time.monotonic() > deadline:
                log = self._logs / "web.log"
                raise StartFailed(f"The web server did not start:\n{processes.tail(log, 25)}")

    def _announce(self) -> None:
        print(BANNER.format(url=f"http://localhost:{self.port}", logs=self._logs), flush=True)

    def _watch(self) -> None:
        while not self.stopping.wait(WATCH_SECONDS):
            for name, part in self.parts.items():
                if not part.is_up():
                    self._raise_again(name, part)

    def _raise_again(self, name: str, part: Part) -> None:
        """At once the first time, then ever slower; who falls on and on ends all of it."""
        now = time.monotonic()
        recent = [moment for moment in self.falls.get(name, []) if now - moment < STEADY_SECONDS]
        self.falls[name] = [*recent, now]
        print(f"{name} ended by itself; starting it again", flush=True)
        if len(recent) >= MOST_FALLS:
            raise StartFailed(f"{name} keeps falling. See {self._logs / name}.log")
        if not self.stopping.wait(len(recent) * 0.5):
            part.start()
            self._write_state()

    def _stop(self) -> None:
        """Those who ask before those who answer, so that nobody fails on the way out."""
        print("\nStopping …", flush=True)
        for name in ("web", "beat", "worker", "redis", "postgres"):
            if name in self.parts:
                self.parts[name].stop()
        state.state_path().unlink(missing_ok=True)

    def _manage(self, *arguments: str) -> None:
        log = self._logs / "setup.log"
        steps.manage(*arguments, env=self._env, log=log, is_stopping=self.stopping.is_set)

    def _write_state(self) -> None:
        running = {name: _pid(part) for name, part in self.parts.items()}
        state.write_state(
            {"pid": os.getpid(), "port": self.port, "urls": self.urls, "processes": running}
        )

    @property
    def _logs(self) -> Path:
        return state.data_dir() / "log"

    @property
    def _env(self) -> dict[str, str]:
        ours = {
            "DEMO": "true",
            "LOG_FORMAT": "console",
            "PUBLIC_URL": f"http://localhost:{self.port}",
            "SITE_NAME": "Lumen & Oak",
            "PYTHONUNBUFFERED": "1",
        }
        return ours | os.environ | self.urls


BANNER = """
  The demo shop       {url}/demo/
  Console             {url}/console/
  Manage              {url}/manage/
  Admin               {url}/admin/
  FAQ                 {url}/help/

  Sign in as          maja@lumen-oak.example    agent
                      deniz@lumen-oak.example   agent
                      ewa@lumen-oak.example     manager
                      admin@lumen-oak.example   admin
  Password            lumen-demo

  Logs                {logs}
  Stop with Ctrl-C.
"""


def _pid(part: Part) -> int | None:
    process = getattr(part, "process", None)
    return process.pid if process else None


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _secret_key(home: Path) -> str:
    path = home / "secret_key"
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        draft.replace(path)
    return path.read_text()
