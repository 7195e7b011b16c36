"""`script/server` says what is in its way, and how to get round it."""

import fcntl
import os
import socket
import subprocess
import sys
from pathlib import Path

from helpdesk.devstack import state


def start(home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "helpdesk.devstack", "serve"],
        cwd=state.REPOSITORY,
        env=os.environ | {"DATA_DIR": str(home)} | environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_taken_port_is_named_with_the_way_out(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = start(home, PORT=str(port))
    assert refused.returncode == 1
    assert f"Port {port} is taken" in refused.stdout
    assert "script/server" in refused.stdout
    assert not (home / "pg").exists()


def test_a_second_one_names_the_first(home: Path) -> None:
    run = home / "run"
    run.mkdir()
    (run / "state.json").write_text('{"pid": 4711, "port": 8123}')
    with (run / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused = start(home)
    assert refused.returncode == 1
    assert "http://localhost:8123/" in refused.stdout
    assert "kill 4711" in refused.stdout


def test_a_port_that_is_no_number_is_refused(home: Path) -> None:
    refused = start(home, PORT="http")
    assert refused.returncode == 1
    assert "PORT=http is no port" in refused.stdout
