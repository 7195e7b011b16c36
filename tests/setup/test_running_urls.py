"""`manage.py` in a second terminal finds the servers of the first."""

import fcntl
from pathlib import Path

import pytest

from helpdesk.devstack import state

URLS = {"DATABASE_URL": "postgresql://x/y", "REDIS_URL": "redis://x/0", "SECRET_KEY": "k"}


@pytest.fixture(autouse=True)
def _own_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(home))
    state.run_dir().mkdir()


def test_there_are_none_before_the_first_start() -> None:
    assert state.running_urls() == {}


def test_they_are_told_while_the_supervisor_holds_its_lock() -> None:
    state.write_state({"urls": URLS})
    with state.lock_path().open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert state.running_urls() == URLS


def test_they_are_gone_with_the_supervisor_even_when_it_was_killed() -> None:
    state.write_state({"urls": URLS})
    state.lock_path().touch()
    assert state.running_urls() == {}


def test_nobody_else_may_read_the_password() -> None:
    state.write_state({"urls": URLS})
    assert state.state_path().stat().st_mode & 0o077 == 0


def test_a_broken_file_counts_as_none() -> None:
    state.state_path().write_text("{")
    with state.lock_path().open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert state.running_urls() == {}
