"""Settings that refuse to guess, in words an operator understands."""

import os
import subprocess
import sys

import pytest

GOOD = {
    "SECRET_KEY": "a key that is long enough for every check of it",
    "DATABASE_URL": "postgresql://user:hunter2@localhost/helpdesk",
    "REDIS_URL": "redis://localhost/0",
}


def run(**variables: str) -> subprocess.CompletedProcess[str]:
    """The settings module alone, in a process and a data folder of its own."""
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": "/nonexistent", **GOOD, **variables}
    return subprocess.run(
        [sys.executable, "-c", "import helpdesk.settings"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_good_ones_load() -> None:
    assert run().returncode == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("DEBUG", "perhaps"),
        ("PUBLIC_URL", "https://help.example.com/path"),
        ("LIVE_PREFIX", "white space"),
        ("LOG_LEVEL", "LOUD"),
        ("LIVE_HEARTBEAT_SECONDS", "0"),
    ],
)
def test_nonsense_is_named_and_never_shown(name: str, value: str) -> None:
    result = run(**{name: value})
    assert result.returncode == 1
    assert f"  {name}: " in result.stderr
    assert "Traceback" not in result.stderr
    assert "hunter2" not in result.stderr


def test_missing_servers_point_to_the_command() -> None:
    result = run(DATABASE_URL="")
    assert result.returncode == 1
    assert "DATABASE_URL: " in result.stderr
    assert "script/server" in result.stderr
    assert "Traceback" not in result.stderr
