"""What a running `script/server` tells the other commands of the same checkout."""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]


def data_dir() -> Path:
    return Path(os.environ.get("DATA_DIR") or REPOSITORY / ".data").absolute()


def run_dir() -> Path:
    return data_dir() / "run"


def lock_path() -> Path:
    return run_dir() / "lock"


def state_path() -> Path:
    return run_dir() / "state.json"


def read_state() -> dict[str, Any]:
    """The last state written, be its supervisor alive or not; {} where there is none."""
    try:
        state = json.loads(state_path().read_text())
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def write_state(state: dict[str, Any]) -> None:
    """Replaces the file whole; it holds the database password, so nobody else may read it."""
    target = state_path()
    draft = target.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(state, indent=2))
    draft.replace(target)


def is_running() -> bool:
    """True while a supervisor holds the lock; a pid alone may belong to somebody else by now."""
    try:
        with lock_path().open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def running_urls() -> dict[str, str]:
    """DATABASE_URL, REDIS_URL and SECRET_KEY of the running `script/server`, or {}."""
    if not is_running():
        return {}
    urls = read_state().get("urls")
    return {str(name): str(value) for name, value in urls.items()} if isinstance(urls, dict) else {}
