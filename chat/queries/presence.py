"""Who of us is there, and who looks at what."""

import time
from typing import Any
from uuid import UUID

import orjson
import structlog
from redis import RedisError

from helpdesk.accounts.models import User
from helpdesk.realtime.redis import client, key

log = structlog.get_logger(__name__)


def agent_body(user: User, present: set[int] | None) -> dict[str, Any]:
    is_here = present is None or user.pk in present
    return {
        "id": user.pk,
        "name": user.name,
        "availability": user.availability,
        "online": is_here and user.availability == "online",
    }


def viewers_of(ticket: UUID) -> list[dict[str, Any]]:
    try:
        found = client().hvals(key("viewers", ticket))
    except RedisError as error:
        log.warning("viewers.unknown", error=str(error))
        return []
    everybody = [orjson.loads(value) for value in found]
    return [
        {name: viewer[name] for name in ("id", "name", "replying")}
        for viewer in everybody
        if viewer["until"] > time.time()
    ]


def last_page(identity: object) -> dict[str, str] | None:
    """The page he was on last, as far as we still know."""
    try:
        found = client().get(key("page", identity))
    except RedisError as error:
        log.warning("page.unknown", error=str(error))
        return None
    return orjson.loads(found) if found else None
