"""One embedded PostgreSQL: makes its cluster, starts it, stops it."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from helpdesk.devstack import account, processes
from helpdesk.devstack.binaries import is_reachable, postgres_program, shared_dir

MAJOR = "18"
START_SECONDS = 60.0
STOP_SECONDS = 20.0
LEFTOVER_SECONDS = 5.0

# Case folding by the builtin C.UTF-8 provider: with LC_CTYPE=C pg_trgm drops every letter that
# is not ASCII, and PG_UNICODE_FAST lower-cases the Turkish İ to two code points.
INITDB = (
    *("-U", "postgres", "-A", "scram-sha-256", "-E", "UTF8"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-messages=C"),
    *("-T", "simple", "--wal-segsize=4"),
)
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    # A socket path may have 107 characters at most; a checkout may lie deeper.
    "unix_socket_directories": "",
    "jit": "off",
    "max_connections": "200",
}
# For data that is thrown away: nothing of it has to survive a power cut.
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class StartFailed(Exception):
    """A server did not come up; the message carries the end of its log."""


@dataclass
class Postgres:
    home: Path
    port: int
    log: Path
    throwaway: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        self._make_cluster()
        self._end_orphan()
        self._spawn()
        deadline = time.monotonic() + LEFTOVER_SECONDS
        while self._finds_leftovers() and time.monotonic() < deadline:
            time.sleep(0.2)
            self._spawn()
        if not self.is_up():
            raise StartFailed(f"PostgreSQL did not start:\n{processes.tail(self.log)}")

    def _spawn(self) -> None:
        settings = [f"--{name}={value}" for name, value in self._settings().items()]
        self.process = processes.spawn(
            [postgres_program("postgres"), "-D", self.cluster, "-p", str(self.port), *settings],
            log=self.log,
            death_signal=signal.SIGQUIT if self.throwaway else signal.SIGINT,
            **account.popen_arguments(),
        )
        if not processes.wait_until(lambda: self._is_ready() or not self.is_up(), START_SECONDS):
            self.stop()

    def _finds_leftovers(self) -> bool:
        """Children of a killed postmaster take a second or two to notice, and hold its memory."""
        held = "pre-existing shared memory block"
        return not self.is_up() and held in processes.tail(self.log, 4)

    def is_up(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """SIGINT is the fast shutdown; SIGTERM would wait for every client to leave."""
        if self.process:
            how = signal.SIGQUIT if self.throwaway else signal.SIGINT
            processes.stop(self.process, how, STOP_SECONDS)

    def url(self, database: str) -> str:
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/{database}"

    def create_database(self, name: str) -> None:
        if self._psql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'") != "1":  # noqa: S608  our name
            self._psql(f"CREATE DATABASE {name}")

    def _psql(self, statement: str) -> str:
        psql = str(postgres_program("psql"))
        done = subprocess.run(
            [psql, "-X", "-At", "-v", "ON_ERROR_STOP=1", "-c", statement, self.url("postgres")],
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    @property
    def cluster(self) -> Path:
        """Beside the rest of the data, unless `nobody` cannot reach that."""
        home = self.home if is_reachable(self.home / "pg") else shared_dir(self.home)
        return home / "pg"

    @property
    def password(self) -> str:
        """Written before the cluster exists, so that a start killed in between finds it again."""
        path = self.cluster.parent / "pg.password"
        if not path.exists():
            draft = path.with_suffix(f".{os.getpid()}")
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_hex(16))
            draft.replace(path)
        return path.read_text()

    def _settings(self) -> dict[str, str]:
        if self.throwaway:
            return SETTINGS | THROWAWAY
        if sys.platform.startswith("linux"):
            # After a crash one syncfs instead of an fsync for each of a thousand files.
            return SETTINGS | {"recovery_init_sync_method": "syncfs"}
        return SETTINGS

    def _make_cluster(self) -> None:
        version = self.cluster / "PG_VERSION"
        if version.exists():
            found = version.read_text().strip()
            if found != MAJOR:
                raise StartFailed(
                    f"{self.cluster} was made by PostgreSQL {found}, here is {MAJOR}. "
                    f"Move it away, or upgrade it with {postgres_program('pg_upgrade')}."
                )
            return
        self.cluster.parent.mkdir(parents=True, exist_ok=True)
        for unfinished in self.cluster.parent.glob("pg.new-*"):
            shutil.rmtree(unfinished)
        self._initdb()

    def _initdb(self) -> None:
        """In a folder of another name, renamed when whole: a kill leaves no half cluster."""
        options = [*INITDB, f"--locale={_locale()}", *(["--no-sync"] if self.throwaway else [])]
        draft = self.cluster.parent / f"pg.new-{os.getpid()}"
        draft.mkdir(mode=0o700)
        account.give_to_server(draft)
        password_file = self.cluster.parent / "pg.pwfile"
        try:
            password_file.touch(mode=0o600)
            password_file.write_text(self.password)
            account.give_to_server(password_file)
            done = subprocess.run(
                [postgres_program("initdb"), "-D", draft, "--pwfile", password_file, *options],
                capture_output=True,
                text=True,
                check=False,
                cwd="/",
                **account.popen_arguments(),
            )
        finally:
            password_file.unlink(missing_ok=True)
        if done.returncode:
            raise StartFailed(f"initdb failed:\n{done.stdout}{done.stderr}")
        draft.rename(self.cluster)

    def _postmaster(self) -> list[str]:
        try:
            return (self.cluster / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _is_ready(self) -> bool:
        lines = self._postmaster()
        return (
            self.process is not None
            and len(lines) >= 8
            and lines[0] == str(self.process.pid)
            and lines[7].strip() == "ready"
        )

    def _end_orphan(self) -> None:
        lines = self._postmaster()
        if not lines or not lines[0].isdigit():
            return
        pid = int(lines[0])
        processes.end_orphan(pid, str(self.cluster), signal.SIGINT, STOP_SECONDS)
        if not processes.wait_until(lambda: not processes.exists(pid), LEFTOVER_SECONDS):
            # A zombie that nobody reaps, or somebody else's number by now: PostgreSQL would refuse.
            # Only then: the file also keeps a new postmaster from the children of a killed one.
            (self.cluster / "postmaster.pid").unlink(missing_ok=True)


def _locale() -> str:
    """macOS has no C.UTF-8."""
    return "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
