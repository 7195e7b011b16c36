"""What has to be done before the product can start: tables, static files, demo data."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg

from helpdesk.devstack import processes
from helpdesk.devstack.postgres import StartFailed
from helpdesk.devstack.state import REPOSITORY, run_dir

POLL_SECONDS = 0.05


class Stopped(Exception):
    """The user asked to stop while something was still being prepared."""


@contextmanager
def progress(text: str) -> Iterator[None]:
    begin = time.monotonic()
    print(f"==> {text} … ", end="", flush=True)
    try:
        yield
    except BaseException as error:
        print("stopped" if isinstance(error, Stopped) else "failed", flush=True)
        raise
    print(f"{time.monotonic() - begin:.1f} s", flush=True)


def manage(
    *arguments: str, env: Mapping[str, str], log: Path, is_stopping: Callable[[], bool]
) -> None:
    """`manage.py ARGUMENTS`, ended with us; its words stand in the log."""
    process = processes.spawn(
        [sys.executable, "manage.py", *arguments],
        log=log,
        death_signal=signal.SIGKILL,
        env=env,
        cwd=REPOSITORY,
    )
    while process.poll() is None:
        if is_stopping():
            processes.stop(process, signal.SIGTERM, 5)
            raise Stopped
        time.sleep(POLL_SECONDS)
    if process.returncode:
        raise StartFailed(f"manage.py {arguments[0]} failed:\n{processes.tail(log, 25)}")


def has_tickets(database_url: str) -> bool:
    with psycopg.connect(database_url) as connection:
        row = connection.execute("SELECT EXISTS (SELECT FROM tickets_ticket)").fetchone()
    return bool(row and row[0])


def must_collect_static_files() -> bool:
    """It takes seconds, so only for a new set of files; DEBUG serves them from where they lie."""
    if os.environ.get("DEBUG", "").lower() in {"1", "true", "yes", "on"}:
        return False
    try:
        return _static_stamp().read_text() != _static_mark()
    except OSError:
        return True


def note_static_files() -> None:
    _static_stamp().write_text(_static_mark())


def _static_stamp() -> Path:
    return run_dir() / "static.stamp"


def _static_mark() -> str:
    mark = hashlib.sha256((REPOSITORY / "requirements.txt").read_bytes())
    mark.update((REPOSITORY / "helpdesk" / "core" / "staticfiles.py").read_bytes())
    for path in sorted((REPOSITORY / "static").rglob("*")):
        stat = path.stat()
        mark.update(f"{path.relative_to(REPOSITORY)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return mark.hexdigest()
