"""The agent's side of the wire."""

import asyncio
from collections.abc import Iterable
from typing import Any, ClassVar, Self
from uuid import UUID

from django.conf import settings

from chat.actions.availability import change_availability
from chat.actions.presence import look
from chat.actions.typing import announce_typing
from chat.consumers.posting import body_of, extras_of, submit
from chat.consumers.presence import arrive, leave, stay
from chat.consumers.typing import Throttle
from chat.queries.rights import who_may_hear
from helpdesk.accounts.sessions import cookie_of, fetch_staff_by_session, good_sessions
from helpdesk.accounts.viewer import Staff, fetch_staff
from helpdesk.core.errors import Invalid
from helpdesk.realtime import frames
from helpdesk.realtime.consumer import LiveConsumer
from helpdesk.realtime.frames import CloseCode
from helpdesk.realtime.pool import run_db
from helpdesk.realtime.session import Carrier, Session
from tickets.actions.post import Post
from tickets.actions.seen import mark_seen
from tickets.queries import fetch_ticket_for
from tickets.queries.grants import granted
from tickets.queries.topics import PRESENCE, agent_topic


class AgentSession(Session):
    handlers: ClassVar = Session.handlers | {
        frames.MessageSend: "send",
        frames.Typing: "typing",
        frames.Read: "read",
        frames.Viewing: "viewing",
        frames.Status: "status",
    }
    __slots__ = ("looking_at", "session_key", "typed", "viewer")

    def __init__(self, carrier: Carrier, runtime: Any, viewer: Staff, session_key: str) -> None:
        super().__init__(carrier, runtime)
        self.viewer, self.session_key = viewer, session_key
        self.typed = Throttle()
        self.looking_at: Any = None

    @classmethod
    async def open(cls, scope: dict[str, Any], token: str, carrier: Carrier, runtime: Any) -> Self:
        key = cookie_of(scope, settings.SESSION_COOKIE_NAME)
        viewer = await run_db(fetch_staff_by_session, key)
        return cls(carrier, runtime, viewer, key)

    @property
    def me(self) -> dict[str, Any]:
        return {"id": self.viewer.user_id, "name": self.viewer.name, "kind": "agent"}

    @property
    def language(self) -> str:
        return self.viewer.language

    @property
    def presence_key(self) -> int:
        return self.viewer.user_id

    def own_topics(self) -> list[str]:
        return [agent_topic(self.viewer.user_id), PRESENCE]

    async def granted(self, topics: Iterable[str]) -> set[str]:
        return await run_db(granted, self.viewer, topics)

    def joined(self) -> None:
        self.runtime.spawn(arrive(self))

    def left(self) -> None:
        self.runtime.spawn(leave(self))

    def is_concerned(self, access: str) -> bool:
        return super().is_concerned(access) or access == f"user:{self.viewer.user_id}"

    @classmethod
    async def recheck(cls, sessions: list[Session], access: str) -> None:
        mine = [session for session in sessions if isinstance(session, cls)]
        kind, _, subject = access.partition(":")
        if kind == "user":
            for session in mine:
                await session.refresh()
            return
        allowed = await run_db(who_may_hear, [s.viewer for s in mine], UUID(subject))
        for session in mine:
            if session.viewer.user_id not in allowed:
                session.drop_topics([access])

    async def refresh(self) -> None:
        """His role, teams or activity changed: the rights of now for everything he hears."""
        viewer = await run_db(fetch_staff, self.viewer.user_id)
        if viewer is None:
            self.carrier.close(CloseCode.WHO_ARE_YOU)
            return
        self.viewer = viewer
        allowed = await self.granted(self.topics)
        self.drop_topics(self.topics - allowed)

    @classmethod
    async def tend(cls, sessions: list[Session]) -> None:
        mine = [session for session in sessions if isinstance(session, cls)]
        good = await run_db(good_sessions, {session.session_key for session in mine})
        for session in mine:
            if session.session_key not in good:
                session.carrier.close(CloseCode.WHO_ARE_YOU)
        await stay(mine)

    async def send(self, frame: frames.MessageSend) -> None:
        if frame.start is not None or frame.ticket is None or isinstance(frame.ticket, str):
            raise Invalid(reason="ticket: an agent writes on a ticket that is there")
        body, data = body_of(frame), await extras_of(frame, self.viewer, frame.ticket)
        who, files = self.viewer, frame.attachments
        submit(
            self, Post(who, frame.ticket, frame.ref, body, frame.kind, frame.seen_seq, files, data)
        )

    async def typing(self, frame: frames.Typing) -> None:
        if self.typed.allows(frame.ticket, frame.on, asyncio.get_running_loop().time()):
            row = await run_db(fetch_ticket_for, self.viewer, frame.ticket)
            who = {"kind": "agent", "id": self.viewer.user_id, "name": self.viewer.name}
            await run_db(announce_typing, row, who, on=frame.on, is_staff=True)

    async def read(self, frame: frames.Read) -> None:
        await run_db(mark_seen, self.viewer, frame.ticket, frame.seq)

    async def viewing(self, frame: frames.Viewing) -> None:
        if frame.ticket is not None:
            await run_db(fetch_ticket_for, self.viewer, frame.ticket)
        before, self.looking_at = self.looking_at, frame.ticket
        await run_db(look, self.viewer, before, frame.ticket, replying=frame.replying)

    async def status(self, frame: frames.Status) -> None:
        await run_db(change_availability, self.viewer, frame.availability)


class AgentConsumer(LiveConsumer):
    session_class = AgentSession
