"""Redis as the live log uses it: one synchronous client a process, one asynchronous a loop."""

from functools import lru_cache

import redis
import redis.asyncio
from django.conf import settings
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import NoBackoff
from redis.retry import Retry

STREAM = f"{settings.ENV.live_prefix}:log"
EPOCH = f"{settings.ENV.live_prefix}:epoch"


def key(*parts: object) -> str:
    return ":".join([settings.ENV.live_prefix, *map(str, parts)])


@lru_cache(maxsize=1)
def client() -> redis.Redis:
    """Shared by the threads of this process; gives up quickly so that nobody waits for Redis.

    One more try, for a pooled connection that a restart of Redis has cut.
    """
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=2,
        socket_connect_timeout=1,
        max_connections=64,
        retry=Retry(NoBackoff(), 1),
    )


def async_client() -> redis.asyncio.Redis:
    """For the reader of one event loop: blocks longer than any read it makes.

    It never connects again by itself: what is behind a new connection must be proved first.
    """
    return redis.asyncio.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=15,
        socket_connect_timeout=2,
        retry=AsyncRetry(NoBackoff(), 0),
    )
