"""Is it alive, is it ready, and what does it count."""

import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from redis import Redis, RedisError

from helpdesk.core.jsonio import reply

log = structlog.get_logger(__name__)
MEMORY_WARNING = 0.8


@never_cache
def live(_request: HttpRequest) -> HttpResponse:
    return reply({"status": "ok"})


@never_cache
def ready(_request: HttpRequest) -> HttpResponse:
    """200 when this process can serve; 503 with the failing part otherwise."""
    parts = {"database": _database(), "redis": _redis()}
    is_ready = all(state in {"ok", "memory over 80 %"} for state in parts.values())
    return reply(
        {"status": "ok" if is_ready else "failing", **parts}, status=200 if is_ready else 503
    )


@never_cache
def metrics(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        log.warning("ready.database", error=str(error))
        return "unreachable"
    return "migrations pending" if pending else "ok"


def _redis() -> str:
    client = Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)
    try:
        memory = client.info("memory")
    except RedisError as error:
        log.warning("ready.redis", error=str(error))
        return "unreachable"
    finally:
        client.close()
    limit = int(memory.get("maxmemory", 0))
    full = limit and int(memory["used_memory"]) > limit * MEMORY_WARNING
    return "memory over 80 %" if full else "ok"
