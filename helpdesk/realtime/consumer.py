"""The base of our sockets: a thin Channels consumer that carries a `Session`."""

import asyncio
from typing import Any, ClassVar

import structlog
from channels.consumer import AsyncConsumer
from channels.exceptions import StopConsumer

from helpdesk.core.clock import now, wire
from helpdesk.core.errors import Busy, DomainError, Invalid, NotSignedIn
from helpdesk.realtime import frames
from helpdesk.realtime.catch_up import catch_up
from helpdesk.realtime.eager import start_now
from helpdesk.realtime.frames import CloseCode
from helpdesk.realtime.runtime import HEARTBEAT, Runtime, get_runtime
from helpdesk.realtime.session import AWAY, Session

log = structlog.get_logger(__name__)
HELLO_SECONDS = 10
BAD_FRAMES_A_MINUTE = 5


class LiveConsumer(AsyncConsumer):  # type: ignore[misc]  # Channels is untyped
    """Greets, parses, forwards. Frames go out in order through one flush task, made when needed."""

    session_class: ClassVar[type[Session]]
    runtime: Runtime

    def __init__(self) -> None:
        self.session: Session | None = None
        self.out: list[str] = []
        self.flushing: asyncio.Task[None] | None = None
        self.closing: CloseCode | None = None
        self.bad_frames: list[float] = []
        self.hello_timer: asyncio.TimerHandle | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Channels' own loop makes a task per frame and visits the shared database thread before
        each; ours awaits the frames one by one."""
        self.scope, self.base_send = scope, send
        steps = {
            "websocket.connect": self.connect,
            "websocket.receive": self.receive,
            "websocket.disconnect": self.disconnect,
        }
        try:
            while True:
                message = await receive()
                await steps[message["type"]](message)
        except StopConsumer:
            return
        finally:
            self._gone()

    async def connect(self, message: Any) -> None:
        await self.base_send({"type": "websocket.accept"})
        try:
            self.runtime = await get_runtime()
        except Busy:
            self.close(CloseCode.RESTARTING)
            return
        if self.runtime.is_draining:
            self.close(CloseCode.RESTARTING)
            return
        loop = asyncio.get_running_loop()
        self.hello_timer = loop.call_later(HELLO_SECONDS, self.close, CloseCode.WHO_ARE_YOU)

    async def receive(self, message: Any) -> None:
        if self.closing is not None or self.runtime.is_draining:
            return
        text = message.get("text")
        try:
            if text is None:
                raise Invalid(reason="binary frames are not spoken here")
            frame = frames.parse(text)
            if self.session is None:
                await self._hello(frame)
            elif isinstance(frame, frames.Hello):
                raise Invalid(reason="hello was said")
            else:
                await self.session.handle(frame)
        except NotSignedIn:
            self.close(CloseCode.WHO_ARE_YOU)
        except DomainError as error:
            self._bad_frame(error)
        except AWAY as error:
            log.warning("socket.no_welcome", error=str(error))
            self.close(CloseCode.RESTARTING)

    async def disconnect(self, message: Any) -> None:
        raise StopConsumer

    def _gone(self) -> None:
        self._cancel_hello()
        if self.session is not None:
            self.runtime.remove(self.session)
            self.session.left()
            self.session = None

    async def _hello(self, frame: frames.ClientFrame) -> None:
        if not isinstance(frame, frames.Hello):
            raise NotSignedIn
        if frame.v != frames.PROTOCOL_VERSION:
            self.close(CloseCode.VERSION)
            return
        session = await self.session_class.open(self.scope, frame.token, self, self.runtime)
        if session.has_too_many():
            self.close(CloseCode.TOO_MANY)
            return
        self._cancel_hello()
        self.session = session
        self.runtime.add(session)
        self.runtime.hub.subscribe(session, session.own_topics())
        session.answer(
            {
                "type": "welcome",
                "v": frames.PROTOCOL_VERSION,
                "last": self.runtime.hub.newest_at,
                "server_time": wire(now()),
                "heartbeat_s": HEARTBEAT,
                "me": session.me,
            }
        )
        await catch_up(self.runtime, session, frame.last, session.topics)
        session.joined()

    def push(self, text: str) -> None:
        if self.closing is not None:
            return
        self.out.append(text)
        if self.flushing is None:
            self.flushing = start_now(self._flush())

    def close(self, code: CloseCode) -> None:
        if self.closing is None:
            self.closing = code
            if self.session is not None:
                self.runtime.hub.remove(self.session)
            if code == CloseCode.TOO_SLOW:
                self.out.clear()
            if self.flushing is None:
                self.flushing = start_now(self._flush())

    async def _flush(self) -> None:
        try:
            while self.out:
                waiting, self.out = self.out, []
                for text in waiting:
                    await self.base_send({"type": "websocket.send", "text": text})
            if self.closing is not None:
                await self.base_send({"type": "websocket.close", "code": int(self.closing)})
        except (OSError, RuntimeError) as error:  # the other side has gone
            log.debug("socket.gone", error=str(error))
        except Exception:
            # This runs inside whoever pushes: one socket's fault must not stop the log for all.
            log.exception("socket.send_failed")
        finally:
            self.flushing = None

    def _bad_frame(self, error: DomainError) -> None:
        self.push(frames.error_frame(error, None, self.session.language if self.session else "en"))
        log.info("socket.bad_frame", code=error.code, **error.details)
        minute_ago = asyncio.get_running_loop().time() - 60
        self.bad_frames = [at for at in self.bad_frames if at > minute_ago] + [minute_ago + 60]
        if len(self.bad_frames) >= BAD_FRAMES_A_MINUTE:
            self.close(CloseCode.BAD_FRAMES)

    def _cancel_hello(self) -> None:
        if self.hello_timer is not None:
            self.hello_timer.cancel()
            self.hello_timer = None
