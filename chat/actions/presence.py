"""Who of us is there and who looks at what: said, kept in Redis for a lease, never in rows."""

import time
from uuid import UUID

import orjson
import structlog
from redis import RedisError

from chat.queries.presence import agent_body, viewers_of
from helpdesk.accounts.models import User
from helpdesk.accounts.viewer import Staff
from helpdesk.core.jsonio import dumps
from helpdesk.realtime import presence
from helpdesk.realtime.entry import Entry
from helpdesk.realtime.outbox import send
from helpdesk.realtime.redis import client, key
from tickets.queries.topics import PRESENCE, ticket_topic

log = structlog.get_logger(__name__)


def announce_agent(user_id: int) -> None:
    user = User.objects.get(pk=user_id)
    body = {"type": "agent.status", "agent": agent_body(user, presence.agents())}
    send([Entry((PRESENCE,), dumps(body).decode(), keep=False)])


def announce_departed() -> None:
    """Tells of everybody whose lease has run out since somebody last looked."""
    for user_id in presence.sweep_agents():
        announce_agent(user_id)


def keep_looking(viewer: Staff, ticket: UUID) -> None:
    """One more lease for eyes that have not moved."""
    name = key("viewers", ticket)
    try:
        found = client().hget(name, str(viewer.user_id))
        if found:
            until = int(time.time()) + presence.LEASE_SECONDS
            kept = orjson.loads(found) | {"until": until}
            client().hset(name, str(viewer.user_id), dumps(kept))
            client().expire(name, presence.LEASE_SECONDS)
    except RedisError as error:
        log.warning("viewers.not_kept", error=str(error))


def look(viewer: Staff, before: UUID | None, ticket: UUID | None, *, replying: bool) -> None:
    """Moves an agent's eyes from one ticket to another and tells those who look at either."""
    try:
        if before is not None and before != ticket:
            client().hdel(key("viewers", before), viewer.user_id)
            _announce_viewers(before)
        if ticket is not None:
            entry = {"id": viewer.user_id, "name": viewer.name, "replying": replying}
            entry["until"] = int(time.time()) + presence.LEASE_SECONDS
            name = key("viewers", ticket)
            client().hset(name, str(viewer.user_id), dumps(entry))
            client().expire(name, presence.LEASE_SECONDS)
            _announce_viewers(ticket)
    except RedisError as error:
        log.warning("viewers.not_kept", error=str(error))


def _announce_viewers(ticket: UUID) -> None:
    body = {"type": "ticket.viewers", "ticket": ticket, "viewers": viewers_of(ticket)}
    send([Entry((ticket_topic(ticket),), dumps(body).decode(), keep=False)])
