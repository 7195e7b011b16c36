"""One embedded Valkey, which speaks Redis."""

from __future__ import annotations

import signal
import socket
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from helpdesk.devstack import processes
from helpdesk.devstack.binaries import valkey_server
from helpdesk.devstack.postgres import StartFailed

START_SECONDS = 30.0
STOP_SECONDS = 10.0
# One database for each worker of a parallel test run.
DATABASES = "64"


@dataclass
class Valkey:
    home: Path
    port: int
    log: Path
    throwaway: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self._end_orphan()
        self.process = processes.spawn(
            [
                valkey_server(),
                *("--port", str(self.port), "--bind", "127.0.0.1", "--databases", DATABASES),
                *("--dir", self.home, "--save", "", "--maxmemory-policy", "noeviction"),
                *("--appendonly", "no" if self.throwaway else "yes"),
            ],
            log=self.log,
            death_signal=signal.SIGKILL if self.throwaway else signal.SIGTERM,
        )
        if not processes.wait_until(lambda: self._is_ready() or not self.is_up(), START_SECONDS):
            self.stop()
        if not self.is_up():
            raise StartFailed(f"Valkey did not start:\n{processes.tail(self.log)}")
        self._pid_file.write_text(str(self.process.pid))

    def is_up(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        if self.process:
            processes.stop(self.process, signal.SIGTERM, STOP_SECONDS)

    def url(self, database: int = 0) -> str:
        return f"redis://127.0.0.1:{self.port}/{database}"

    @property
    def _pid_file(self) -> Path:
        return self.home / "valkey.pid"

    def _is_ready(self) -> bool:
        """Answers -LOADING, not +PONG, while it still reads its file."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False

    def _end_orphan(self) -> None:
        try:
            pid = int(self._pid_file.read_text())
        except (OSError, ValueError):
            return
        # Its title is "valkey-server 127.0.0.1:PORT": the folder does not show there.
        processes.end_orphan(pid, "valkey-server", signal.SIGTERM, STOP_SECONDS)
        self._pid_file.unlink(missing_ok=True)
