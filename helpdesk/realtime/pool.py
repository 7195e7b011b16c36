"""The only way from a socket to the ORM: a bounded pool of threads with connections of their own.

Channels' `database_sync_to_async` puts all consumers of a process on one thread; this does not.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import ParamSpec, TypeVar

import structlog
from django.conf import settings
from django.db import close_old_connections
from prometheus_client import Histogram

P = ParamSpec("P")
R = TypeVar("R")
log = structlog.get_logger(__name__)
SLOW_WAIT_SECONDS = 0.1
WAIT = Histogram("helpdesk_db_pool_wait_seconds", "How long work waited for a database thread")


@lru_cache(maxsize=1)
def _executor() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(settings.ENV.db_pool_threads, thread_name_prefix="db-pool")


async def run_db(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Runs `function` in the pool and gives its result; its exceptions come through."""
    asked = time.monotonic()

    def work() -> R:
        waited = time.monotonic() - asked
        WAIT.observe(waited)
        if waited > SLOW_WAIT_SECONDS:
            log.warning("pool.slow_wait", seconds=round(waited, 3), work=function.__name__)
        close_old_connections()
        return function(*args, **kwargs)

    return await asyncio.get_running_loop().run_in_executor(_executor(), work)
