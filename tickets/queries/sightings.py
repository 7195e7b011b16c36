"""On which websites an inbox's loader was asked for lately, as far as browsers say so."""

import time
from datetime import UTC, datetime
from urllib.parse import urlsplit

import structlog
from django.core.cache import cache
from redis import RedisError

from helpdesk.core import clock
from tickets.models import Inbox

log = structlog.get_logger(__name__)
DAYS = 30
KEPT = 20
# Each process notes a site this often at most: it is a hint for a manager and no statistic.
SECONDS = 60
_noted: dict[tuple[int, str], float] = {}


def note_sighting(inbox: Inbox, referrer: str) -> None:
    """The loader was asked for by a page there. Never stands in the way of the loader."""
    origin = _origin(referrer)
    if not origin or _noted.get((inbox.pk, origin), -SECONDS) > time.monotonic() - SECONDS:
        return
    if len(_noted) > 1000:
        _noted.clear()
    _noted[inbox.pk, origin] = time.monotonic()
    try:
        seen = cache.get(_key(inbox), {}) | {origin: clock.now().timestamp()}
        newest = sorted(seen.items(), key=lambda one: one[1])[-KEPT:]
        cache.set(_key(inbox), dict(newest), timeout=DAYS * 86_400)
    except RedisError as error:
        log.warning("sighting.not_kept", error=str(error))


def sightings_of(inbox: Inbox) -> list[tuple[str, datetime]]:
    """Origins and when, newest first."""
    seen = cache.get(_key(inbox), {})
    newest = sorted(seen.items(), key=lambda one: -one[1])
    return [(origin, datetime.fromtimestamp(at, UTC)) for origin, at in newest]


def _origin(referrer: str) -> str:
    try:
        parts = urlsplit(referrer)
    except ValueError:
        return ""
    is_web = parts.scheme in {"http", "https"} and parts.netloc and len(parts.netloc) < 200
    return f"{parts.scheme}://{parts.netloc.lower()}" if is_web else ""


def _key(inbox: Inbox) -> str:
    return f"sightings:{inbox.pk}"
