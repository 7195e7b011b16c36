"""The browser's reducers, run by Node.js or, where there is none, by Chromium."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from helpdesk.devstack.chromium import find_chromium

HERE = Path(__file__).parent
Job = dict[str, Any]


class Reducers:
    """A running process that plays jobs (see `replay.mjs`)."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def replay(self, jobs: list[Job]) -> list[Any]:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(orjson.dumps(jobs) + b"\n")
        stdin.flush()
        answer = stdout.readline()
        assert answer, "the reducers' process has ended"
        found: list[Any] = orjson.loads(answer)
        return found


def node_command() -> list[str] | None:
    node = shutil.which("node")
    return [node, str(HERE / "run.mjs")] if node else None


def chromium_command() -> list[str] | None:
    return [sys.executable, "-m", "tests.contract.run_chromium"] if find_chromium() else None


@contextmanager
def running(command: list[str]) -> Iterator[Reducers]:
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=HERE.parents[1]
    )
    try:
        yield Reducers(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(timeout=20)
        assert process.stdout is not None
        process.stdout.close()
