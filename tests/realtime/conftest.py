from collections.abc import Iterator

import pytest
from pytest_django import Settings

from helpdesk.realtime import redis
from tests.support.live import _end_connections, _quick_emptying, _same_sigterm
from tests.support.valkey import Log, own_log

__all__ = ["_end_connections", "_quick_emptying", "_same_sigterm"]


@pytest.fixture
def log(settings: Settings) -> Iterator[Log]:
    """The live log on a server of its own, which the test may break."""
    with own_log() as log:
        settings.REDIS_URL = log.url
        redis.client.cache_clear()
        yield log
    redis.client.cache_clear()
