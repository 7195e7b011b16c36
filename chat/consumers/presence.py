"""Agents come, stay and go: said once, kept as leases."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from chat.actions.presence import announce_agent, announce_departed, keep_looking, look
from helpdesk.realtime import presence
from helpdesk.realtime.pool import run_db
from tickets.actions.route import route_waiting

if TYPE_CHECKING:
    from chat.consumers.agent import AgentSession


async def arrive(session: "AgentSession") -> None:
    """A second tab, or the next poll, is no news."""
    if await run_db(presence.arrive_agent, session.viewer.user_id):
        await run_db(announce_agent, session.viewer.user_id)
        await run_db(route_waiting)


async def leave(session: "AgentSession") -> None:
    """After his last socket here the lease runs on for a moment: a reload is no departure."""
    if session.looking_at is not None:
        await run_db(look, session.viewer, session.looking_at, None, replying=False)
    others = session.runtime.sessions
    if not any(other.presence_key == session.presence_key for other in others):
        await run_db(presence.leave_agent, session.viewer.user_id)


async def stay(sessions: Iterable["AgentSession"]) -> None:
    """Each heartbeat: who looks at what goes on, and who has gone is told."""
    for session in sessions:
        if session.looking_at is not None:
            await run_db(keep_looking, session.viewer, session.looking_at)
    await run_db(announce_departed)
