"""The door of `script/server`: one supervisor a checkout, a free port, nothing left from before."""

from __future__ import annotations

import fcntl
import os
import signal
import time
from typing import TextIO

from helpdesk.devstack import processes, state
from helpdesk.devstack.binaries import NotAvailable
from helpdesk.devstack.supervisor import Supervisor

DEFAULT_PORT = 8000
# A second command may hold the lock for a blink while it asks whether we run.
LOCK_SECONDS = 1.0
# What the command line of each shows, and how to ask it to end.
ORPHANS = {
    "web": ("helpdesk.asgi", signal.SIGTERM),
    "beat": ("helpdesk.celery", signal.SIGTERM),
    "worker": ("helpdesk.celery", signal.SIGTERM),
    "redis": ("valkey-server", signal.SIGTERM),
    "postgres": ("bin/postgres", signal.SIGINT),
}


class Refused(Exception):
    """It cannot start; the message says what to do."""


def serve(web_server: str) -> int:
    try:
        port = _wanted_port()
        with _lock() as lock:
            _take(lock)
            _end_orphans()
            _check_port(port)
            _keep_last_logs()
            return Supervisor(port, web_server).run()
    except (Refused, NotAvailable) as refusal:
        print(refusal)
        return 1


def _wanted_port() -> int:
    wanted = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not wanted.isdigit() or not 0 < int(wanted) < 65536:
        raise Refused(f"PORT={wanted} is no port. Choose a number, as in PORT=8001 script/server")
    return int(wanted)


def _lock() -> TextIO:
    folder = state.run_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (state.data_dir() / "log").mkdir(exist_ok=True)
        return state.lock_path().open("a")
    except PermissionError as error:
        raise Refused(
            f"{state.data_dir()} belongs to another user ({error.strerror}). "
            "Run script/server as that user, or remove the folder."
        ) from error


def _take(lock: TextIO) -> None:
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise Refused(_already_running()) from None
            time.sleep(0.05)
        else:
            return


def _already_running() -> str:
    running = state.read_state()
    return (
        f"It already runs here: http://localhost:{running.get('port')}/console/\n"
        f"Stop it with Ctrl-C in its terminal, or: kill {running.get('pid')}"
    )


def _end_orphans() -> None:
    """What a killed supervisor left where no signal tells a child that its parent died."""
    left = state.read_state().get("processes") or {}
    for name, (marker, how) in ORPHANS.items():
        if isinstance(pid := left.get(name), int):
            processes.end_orphan(pid, marker, how)
    state.state_path().unlink(missing_ok=True)


def _keep_last_logs() -> None:
    for log in (state.data_dir() / "log").glob("*.log"):
        log.replace(log.with_suffix(".log.1"))


def _check_port(port: int) -> None:
    if not processes.is_port_free(port):
        other = processes.free_port(port + 1)
        raise Refused(
            f"Port {port} is taken by another program. Choose another: PORT={other} script/server"
        )
