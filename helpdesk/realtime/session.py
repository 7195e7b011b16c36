"""One client's side of the protocol, whatever carries it: a socket, or HTTP when that is blocked.

Apps subclass it for each kind of client: who he is, what he may hear, what his frames do.
"""

import asyncio
from bisect import bisect_right, insort
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self
from uuid import UUID

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError
from redis import RedisError

from helpdesk.core.errors import Busy, DomainError, NotAllowed
from helpdesk.realtime import frames
from helpdesk.realtime.catch_up import catch_up
from helpdesk.realtime.frames import CloseCode
from helpdesk.realtime.position import StreamId, id_in_epoch

if TYPE_CHECKING:
    from helpdesk.realtime.runtime import Runtime


log = structlog.get_logger(__name__)
# Read once: on every message, Django's lazy settings would cost a fifth of its CPU.
UNCONFIRMED_LIMIT = settings.ENV.live_unconfirmed_limit
FLOOD_SECONDS = 10.0
FLOOD_FRAMES = 2_000
# A server that is away for a while; whoever meets one of these asks again.
AWAY = (OperationalError, InterfaceError, RedisError)


class Carrier(Protocol):
    """What brings text to the client; `push` never waits."""

    def push(self, text: str) -> None: ...

    def close(self, code: CloseCode) -> None: ...


class Session:
    """Base of both kinds. `handlers` maps a frame's type to the method that serves it."""

    handlers: ClassVar[dict[type[frames.Frame], str]] = {
        frames.Ping: "ping",
        frames.Subscribe: "subscribe",
        frames.Unsubscribe: "unsubscribe",
    }
    __slots__ = (
        "__weakref__",
        "asking",
        "carrier",
        "frames",
        "heard_at",
        "outdated",
        "runtime",
        "sent",
        "topics",
        "unconfirmed",
        "was_reset",
        "window_ends",
    )

    def __init__(self, carrier: Carrier, runtime: "Runtime") -> None:
        self.carrier, self.runtime = carrier, runtime
        self.topics: set[str] = set()
        self.asking: set[str] = set()
        self.outdated = self.was_reset = False
        self.unconfirmed: list[StreamId] = []
        self.sent: StreamId | None = None
        self.frames = 0
        self.window_ends = 0.0
        self.heard_at = asyncio.get_running_loop().time()

    @classmethod
    async def open(
        cls, scope: dict[str, Any], token: str, carrier: Carrier, runtime: "Runtime"
    ) -> Self:
        """The session of whoever the token or cookie names. Raises NotSignedIn, NotFound."""
        raise NotImplementedError

    @property
    def me(self) -> dict[str, Any]:
        raise NotImplementedError

    @property
    def language(self) -> str:
        raise NotImplementedError

    def own_topics(self) -> list[str]:
        """Topics he hears without asking."""
        raise NotImplementedError

    async def granted(self, topics: Iterable[str]) -> set[str]:
        """Those of `topics` that he may hear, from the database as it is now."""
        raise NotImplementedError

    @property
    def presence_key(self) -> int | str:
        """Under which he is present: a user's key, or a visitor's id."""
        raise NotImplementedError

    def is_concerned(self, access: str) -> bool:
        """Does a change of the rights around `access` touch what he hears, or asks to hear?"""
        return access in self.topics or access in self.asking

    def has_too_many(self) -> bool:
        """Has he more sockets in this process than we allow?"""
        return False

    @classmethod
    async def recheck(cls, sessions: list["Session"], access: str) -> None:
        """Rights around `access` have changed: takes from these sessions what they lost."""

    @classmethod
    async def tend(cls, sessions: list["Session"]) -> None:
        """Each heartbeat: closes those whose sign-in or token is no longer good."""

    def joined(self) -> None:
        """He is here: after a welcome, and with each poll."""

    def left(self) -> None:
        """His socket is gone."""

    async def handle(self, frame: frames.ClientFrame) -> None:
        """Serves one frame; refusals become `error` frames. A flood ends the connection."""
        self.heard_at = now = asyncio.get_running_loop().time()
        if now > self.window_ends:
            self.window_ends, self.frames = now + FLOOD_SECONDS, 0
        self.frames += 1
        if self.frames > FLOOD_FRAMES:
            self.carrier.close(CloseCode.TOO_MANY)
            return
        self.runtime.in_flight += 1
        try:
            await self._serve(frame)
        except DomainError as error:
            self.refuse(error, getattr(frame, "ref", None))
        finally:
            self.runtime.in_flight -= 1

    async def _serve(self, frame: frames.ClientFrame) -> None:
        name = self.handlers.get(type(frame))
        if name is None:
            raise NotAllowed
        try:
            await getattr(self, name)(frame)
        except AWAY as error:
            log.warning("session.server_away", frame=frame.type, error=str(error))
            raise Busy from error
        except DomainError:
            raise
        except Exception as error:
            # A mistake of ours in one frame must not cost him the connection.
            log.exception("session.frame_failed", frame=frame.type)
            raise Busy from error

    def refuse(self, error: DomainError, ref: UUID | None) -> None:
        self.carrier.push(frames.error_frame(error, ref, self.language))

    def answer(self, body: dict[str, Any]) -> None:
        self.carrier.push(frames.encode(body))

    def deliver(self, stream_id: StreamId, text: str) -> None:
        """An event from the hub. Whoever confirms nothing for too long is cut off and resumes."""
        if self.sent is None or self.sent < stream_id:
            self.sent = stream_id
            self.unconfirmed.append(stream_id)
        else:  # replayed for a new topic, while the others have said newer things
            insort(self.unconfirmed, stream_id)
        if len(self.unconfirmed) > UNCONFIRMED_LIMIT:
            self.carrier.close(CloseCode.TOO_SLOW)
        else:
            self.carrier.push(text)

    async def ping(self, frame: frames.Ping) -> None:
        """Still here; `seen` is the newest event he has applied."""
        seen = frame.seen and id_in_epoch(frame.seen, self.runtime.hub.epoch)
        if seen:
            del self.unconfirmed[: bisect_right(self.unconfirmed, seen)]
        last = f"{self.runtime.hub.epoch}.{self.sent}" if self.sent else None
        self.answer({"type": "pong", "last": last})

    def reset(self) -> None:
        self.was_reset = True
        self.unconfirmed.clear()
        self.sent = None
        self.answer({"type": "reset", "delay_ms": settings.ENV.live_reset_spread_ms})

    async def subscribe(self, frame: frames.Subscribe) -> None:
        granted = await self.granted_now(frame.topics)
        fresh = granted - self.topics
        self.runtime.hub.subscribe(self, granted)
        self.answer(
            {
                "type": "subscribed",
                "granted": sorted(granted),
                "refused": sorted(set(frame.topics) - granted),
            }
        )
        await catch_up(self.runtime, self, frame.last, fresh)

    async def granted_now(self, topics: Iterable[str]) -> set[str]:
        """Asks again when rights changed while the answer was on its way: the change has been
        handed to those who heard, and would never reach the one who was about to."""
        self.asking = set(topics)
        try:
            while True:
                self.outdated = False
                granted = await self.granted(self.asking)
                if not self.outdated:
                    return granted
        finally:
            self.asking = set()

    async def unsubscribe(self, frame: frames.Unsubscribe) -> None:
        self.runtime.hub.unsubscribe(self, frame.topics)

    def drop_topics(self, topics: Iterable[str]) -> None:
        """A right has gone: he hears no more, and his view clears."""
        for topic in sorted(self.topics.intersection(topics)):
            self.runtime.hub.unsubscribe(self, [topic])
            self.answer({"type": "unsubscribed", "topic": topic})
