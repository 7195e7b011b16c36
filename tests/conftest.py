"""What every test stands on. Fixtures of one app live in `tests/<app>/conftest.py`."""

from __future__ import annotations

import os
import shutil
import ssl
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from redis import Redis

from tests.people import People, gather
from tests.support.pages import Answer, Server


def pytest_configure() -> None:
    # Argon2 takes 50 ms a password, on purpose.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Served from where they lie: collecting takes seconds, and nothing stale is ever tested.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    settings.MEDIA_ROOT = tempfile.mkdtemp(prefix="helpdesk-media-")


def pytest_unconfigure() -> None:
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Playwright leaves an event loop in its process: browser tests never run beside others."""
    browser = [item for item in items if item.get_closest_marker("browser")]
    if browser and len(browser) < len(items):
        config.hook.pytest_deselected(items=browser)
        items[:] = [item for item in items if not item.get_closest_marker("browser")]


@pytest.fixture(scope="session")
def redis_of_tests() -> Iterator[Redis]:
    with Redis.from_url(os.environ["REDIS_URL"]) as redis:
        yield redis


@pytest.fixture(autouse=True)
def _empty_redis(redis_of_tests: Redis) -> None:
    """Only our own keys: a REDIS_URL that was given may hold somebody else's."""
    keys = list(redis_of_tests.scan_iter(f"{os.environ['LIVE_PREFIX']}:*", count=1000))
    if keys:
        redis_of_tests.delete(*keys)


@pytest.fixture
def people(db: None) -> People:
    return gather()


@pytest.fixture
def serve(settings: Any) -> Iterator[Callable[..., Server]]:
    """Starts websites on loopback, which the product may open for once."""
    settings.FETCH_PRIVATE_NETWORKS = True
    servers: list[Server] = []

    def start(*answers: Answer, tls: ssl.SSLContext | None = None) -> Server:
        servers.append(Server(*answers, tls=tls))
        return servers[-1]

    yield start
    for server in servers:
        server.close()
