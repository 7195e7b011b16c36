"""Presence is a lease in Redis, renewed by whoever holds the socket; a dead process needs no
cleanup. It decides nothing that must be right: routing takes it as a hint."""

import time
from collections.abc import Collection
from typing import Any

import structlog
from django.conf import settings
from redis import RedisError

from helpdesk.realtime.redis import client, key

log = structlog.get_logger(__name__)
LEASE_SECONDS = 2 * settings.ENV.live_heartbeat_seconds + 10
UNKNOWN_SECONDS = 30
AGENTS, VISITORS, UNKNOWN = key("agents"), key("visitors"), key("presence-unknown")


def renew(*, agents: Collection[int] = (), visitors: Collection[str] = ()) -> None:
    """These are here for one more lease."""
    now = time.time()
    pipe = client().pipeline(transaction=False)
    for name, members in ((AGENTS, agents), (VISITORS, visitors)):
        if members:
            pipe.zadd(name, dict.fromkeys(map(str, members), now + LEASE_SECONDS))
    pipe.zremrangebyscore(VISITORS, "-inf", now)
    try:
        pipe.execute()
    except RedisError as error:
        log.warning("presence.not_renewed", error=str(error))


def arrive_agent(user_id: int) -> bool:
    """He is here; True when nobody knew it. Unknown counts as news."""
    now = time.time()
    pipe = client().pipeline(transaction=True)
    pipe.zscore(AGENTS, str(user_id))
    pipe.zadd(AGENTS, {str(user_id): now + LEASE_SECONDS})
    try:
        before, _ = pipe.execute()
    except RedisError as error:
        log.warning("presence.not_renewed", error=str(error))
        return True
    return before is None or float(before) <= now


def sweep_agents() -> set[int]:
    """Those whose lease has run out; each is named to one caller, who tells the others."""
    now = time.time()
    pipe = client().pipeline(transaction=True)
    pipe.zrangebyscore(AGENTS, "-inf", now)
    pipe.zremrangebyscore(AGENTS, "-inf", now)
    try:
        gone, _ = pipe.execute()
    except RedisError as error:
        log.warning("presence.not_swept", error=str(error))
        return set()
    return {int(member) for member in gone}


def leave_agent(user_id: int) -> None:
    """His last socket here has closed: the lease ends soon, unless another process renews it."""
    try:
        client().zadd(AGENTS, {str(user_id): time.time() + UNKNOWN_SECONDS}, xx=True, lt=True)
    except RedisError as error:
        log.warning("presence.not_left", error=str(error))


def mark_unknown() -> None:
    """Redis has lost its memory: until everybody is back, nobody counts as gone."""
    client().set(UNKNOWN, "1", ex=UNKNOWN_SECONDS)


def agents() -> set[int] | None:
    """Users with a live console; None when it cannot be known just now."""
    try:
        if client().exists(UNKNOWN):
            return None
        return {int(str(m, "ascii")) for m in _members(AGENTS)}
    except RedisError as error:
        log.warning("presence.unknown", error=str(error))
        return None


def visitors() -> set[str] | None:
    """Visitors with a live widget; None when it cannot be known just now."""
    try:
        if client().exists(UNKNOWN):
            return None
        return {str(m, "ascii") for m in _members(VISITORS)}
    except RedisError as error:
        log.warning("presence.unknown", error=str(error))
        return None


def is_visitor_here(identity: str) -> bool:
    try:
        score = client().zscore(VISITORS, identity)
    except RedisError as error:
        log.warning("presence.unknown", error=str(error))
        return False
    return score is not None and float(score) > time.time()


def _members(name: str) -> list[bytes]:
    found: Any = client().zrangebyscore(name, time.time(), "+inf")
    return list(found)
