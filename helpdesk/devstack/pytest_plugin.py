"""Gives every test run its own PostgreSQL and Redis, unless DATABASE_URL and REDIS_URL are given.

Loaded with `-p`, since pytest-django reads the settings before any conftest.py.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from helpdesk.devstack.throwaway import throwaway_folder, throwaway_servers


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, object, object]:
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        separate(worker)
    else:
        _start_servers(early_config)
    return (yield)


def _start_servers(config: pytest.Config) -> None:
    os.environ.setdefault("SECRET_KEY", "a key for the tests, long enough for every check of it")
    os.environ.setdefault("LIVE_PREFIX", "test")
    servers = ExitStack()
    config.add_cleanup(servers.close)
    # Uploads and collected files of a test do not belong among those of script/server.
    data = servers.enter_context(throwaway_folder(Path(tempfile.gettempdir())))
    os.environ["DATA_DIR"] = str(data)
    if {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys():
        return
    postgres, valkey = servers.enter_context(throwaway_servers())
    os.environ.setdefault("DATABASE_URL", postgres.url("helpdesk"))
    os.environ.setdefault("REDIS_URL", valkey.url())


def separate(worker: str) -> None:
    """Another Redis database for each worker; pytest-django does the same with PostgreSQL's.

    Pub/sub knows no databases, so the prefix of the live log differs as well.
    """
    parts = urlsplit(os.environ["REDIS_URL"])
    database = int(parts.path.strip("/") or 0) + 1 + int(worker.removeprefix("gw"))
    os.environ["REDIS_URL"] = urlunsplit(parts._replace(path=f"/{database}"))
    os.environ["LIVE_PREFIX"] = f"test-{worker}"
