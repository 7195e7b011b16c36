"""The visitor's side of the wire: his own tickets in one inbox, nothing else."""

import asyncio
from collections.abc import Iterable
from typing import Any, ClassVar, Self
from uuid import UUID

from django.conf import settings

from chat.actions.page import note_page
from chat.actions.start import start_conversation
from chat.actions.typing import visitor_types
from chat.consumers.doubt import refuse_in_doubt
from chat.consumers.limits import limit
from chat.consumers.posting import ack, body_of, submit
from chat.consumers.typing import Throttle
from chat.queries.visitors import Admitted, Claim, fetch_visitors, good_tokens
from helpdesk.accounts.viewer import Visitor
from helpdesk.core.client import scope_address
from helpdesk.core.errors import DomainError, Invalid, NotAllowed, NotFound, NotSignedIn
from helpdesk.realtime import frames
from helpdesk.realtime.coalesce import Coalesced
from helpdesk.realtime.consumer import LiveConsumer
from helpdesk.realtime.frames import CloseCode
from helpdesk.realtime.pool import run_db
from helpdesk.realtime.session import Carrier, Session
from tickets.actions.post import Post
from tickets.actions.seen import mark_seen
from tickets.actions.start import Start, clean_visit
from tickets.queries.grants import visitor_topics
from tickets.queries.topics import inbox_topic, visitor_topic

admissions: Coalesced[Claim, Admitted | None] = Coalesced(fetch_visitors)


class VisitorSession(Session):
    handlers: ClassVar = Session.handlers | {
        frames.MessageSend: "send",
        frames.Typing: "typing",
        frames.Read: "read",
        frames.Page: "page",
    }
    __slots__ = ("address", "hears", "token_id", "typed", "user_agent", "viewer")

    def __init__(self, carrier: Carrier, runtime: Any, viewer: Visitor, token_id: int) -> None:
        super().__init__(carrier, runtime)
        self.viewer, self.token_id = viewer, token_id
        self.typed, self.user_agent, self.address = Throttle(), "", ""
        self.hears = [visitor_topic(viewer.identity)]

    @classmethod
    async def open(cls, scope: dict[str, Any], token: str, carrier: Carrier, runtime: Any) -> Self:
        inbox = str(scope["url_route"]["kwargs"]["inbox"])
        admitted = await admissions.get(Claim(token, inbox))
        if admitted is None:
            raise NotSignedIn
        viewer, token_id = admitted
        session = cls(carrier, runtime, viewer, token_id)
        if viewer.verified:
            session.hears = await run_db(visitor_topics, viewer)
        agent = dict(scope["headers"]).get(b"user-agent", b"")
        session.user_agent = agent.decode("latin-1")[:300]
        session.address = scope_address(scope)
        return session

    @property
    def me(self) -> dict[str, Any]:
        return {"id": self.viewer.identity, "name": self.viewer.name, "kind": "visitor"}

    @property
    def language(self) -> str:
        return self.viewer.language

    @property
    def presence_key(self) -> str:
        return str(self.viewer.identity)

    def own_topics(self) -> list[str]:
        return [*self.hears, inbox_topic(self.viewer.inbox_id)]

    async def granted(self, topics: Iterable[str]) -> set[str]:
        return set(topics) & set(self.own_topics())

    def has_too_many(self) -> bool:
        hearers = self.runtime.hub.hearers(visitor_topic(self.viewer.identity))
        return len(hearers) >= settings.ENV.visitor_sockets

    @classmethod
    async def tend(cls, sessions: list[Session]) -> None:
        mine = [session for session in sessions if isinstance(session, cls)]
        good = await run_db(good_tokens, {session.token_id for session in mine})
        for session in mine:
            if session.token_id not in good:
                session.carrier.close(CloseCode.WHO_ARE_YOU)

    @classmethod
    async def recheck(cls, sessions: list[Session], access: str) -> None:
        """A token was revoked, whose sockets end at once."""
        await cls.tend(sessions)

    def refuse(self, error: DomainError, ref: UUID | None) -> None:
        """What is not found may be a customer's since he was named."""
        if isinstance(error, NotFound):
            self.runtime.spawn(refuse_in_doubt(self, error, ref))
        else:
            super().refuse(error, ref)

    async def send(self, frame: frames.MessageSend) -> None:
        limit.spend(self.viewer.identity, frame.ref, asyncio.get_running_loop().time())
        body = body_of(frame)
        if frame.kind != "reply" or frame.choices or frame.article:
            raise NotAllowed
        if frame.start is not None:
            await self._start(frame, frame.start, body)
        elif frame.ticket is None or isinstance(frame.ticket, str):
            raise Invalid(reason="ticket: the start has not been acknowledged")
        else:
            files = frame.attachments
            submit(self, Post(self.viewer, frame.ticket, frame.ref, body, attachments=files))

    async def typing(self, frame: frames.Typing) -> None:
        now = asyncio.get_running_loop().time()
        if self.typed.allows(frame.ticket, frame.on, now):
            who, ticket = self.viewer, frame.ticket
            await run_db(visitor_types, who, ticket, on=frame.on, text=frame.text)

    async def read(self, frame: frames.Read) -> None:
        await run_db(mark_seen, self.viewer, frame.ticket, frame.seq)

    async def page(self, frame: frames.Page) -> None:
        visit = clean_visit(frame.model_dump() | {"user_agent": self.user_agent})
        await run_db(note_page, self.viewer, visit)

    async def _start(
        self, frame: frames.MessageSend, fields: frames.StartFields, body: str
    ) -> None:
        visit = clean_visit(fields.page | {"user_agent": self.user_agent})
        start = Start(self.viewer, frame.ref, body, fields.language, visit)
        start.attachments, start.address = frame.attachments, self.address
        message = await run_db(start_conversation, start, fields)
        self.answer(ack(frame.ref, message))


class VisitorConsumer(LiveConsumer):
    session_class = VisitorSession
