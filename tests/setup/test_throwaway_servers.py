"""Whoever runs tests gets servers of his own, and leaves nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from redis import Redis

from helpdesk.devstack import processes, pytest_plugin, throwaway
from helpdesk.devstack.state import REPOSITORY

SHOW = "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'], flush=True); input()"


def scratch(code: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "helpdesk.devstack", "scratch", "--", sys.executable, "-c", code],
        cwd=REPOSITORY,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def test_the_servers_end_when_whoever_asked_is_killed() -> None:
    with scratch(SHOW) as asker:
        assert asker.stdout
        redis_url = asker.stdout.readline().split()[1]
        with Redis.from_url(redis_url) as redis:
            assert redis.ping()
            server = redis.info("server")["process_id"]
            asker.send_signal(signal.SIGKILL)
        if sys.platform.startswith("linux"):
            assert processes.wait_until(lambda: not processes.is_alive(server), 10)


def test_folders_of_the_dead_are_swept_and_those_of_the_living_stay(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead = tmp_path / f"{throwaway.PREFIX}{gone.pid}-x"
    living = tmp_path / f"{throwaway.PREFIX}{os.getpid()}-x"
    dead.mkdir()
    living.mkdir()
    throwaway.sweep(tmp_path)
    assert not dead.exists()
    assert living.exists()


def test_each_parallel_worker_has_a_redis_database_and_a_prefix(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setenv("LIVE_PREFIX", "test")
    pytest_plugin.separate("gw3")
    assert os.environ["REDIS_URL"] == "redis://127.0.0.1:1/4"
    assert os.environ["LIVE_PREFIX"] == "test-gw3"
