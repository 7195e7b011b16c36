"""Web processes under test: started, waited for, stopped."""

import resource
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from helpdesk.devstack import processes

START_SECONDS = 60.0
STOP_SECONDS = 15.0


class ServerFailed(Exception):
    """A web process did not come up; the message carries the end of its log."""


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def web_processes(
    commands: Sequence[Sequence[str]], ports: Sequence[int], env: Mapping[str, str], log: Path
) -> Iterator[list[int]]:
    """Their pids, once each listens."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    started: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            started.append(processes.spawn(command, log=log, death_signal=signal.SIGKILL, env=env))
        for process, port in zip(started, ports, strict=True):
            _wait_for(process, port, log)
        yield [process.pid for process in started]
    finally:
        for process in started:
            processes.stop(process, signal.SIGTERM, STOP_SECONDS)


def _wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    def settled() -> bool:
        return process.poll() is not None or _answers(port)

    if not processes.wait_until(settled, START_SECONDS) or process.poll() is not None:
        raise ServerFailed(f"port {port}:\n{processes.tail(log)}")
