"""The same protocol over HTTP, for networks that block sockets: poll and send.

ASGI applications beside the sockets, before Django's middleware: a Django view would hold a
thread a poll. They share the sockets' sessions, grants, parsing and limits.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import structlog
from pydantic import BaseModel, Field, ValidationError

from helpdesk.core.errors import Busy, DomainError, Invalid, NotFound, NotSignedIn, TooLong
from helpdesk.core.jsonio import dumps
from helpdesk.realtime import frames
from helpdesk.realtime.catch_up import missed
from helpdesk.realtime.frames import FRAME_LIMIT, CloseCode
from helpdesk.realtime.position import StreamId
from helpdesk.realtime.runtime import Runtime, get_runtime
from helpdesk.realtime.session import AWAY, Session

log = structlog.get_logger(__name__)
POLL_SECONDS = 25
SEND_SECONDS = 12
FRAMES_A_REQUEST = 20
GATHER_SECONDS = 0.02
# Who only asks and goes has nothing to hear afterwards: a poll names its topics itself.
ONLY_LISTENERS = (frames.Hello, frames.Subscribe, frames.Unsubscribe)
Answer = tuple[int, dict[str, Any]]


class PollBody(BaseModel):
    last: str | None = Field(default=None, max_length=120)
    topics: list[str] = Field(default_factory=list, max_length=200)


class SendBody(BaseModel):
    frames: list[dict[str, Any]] = Field(max_length=FRAMES_A_REQUEST)


class Collector:
    """A carrier that keeps what a session says until the response is written."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.closed: CloseCode | None = None
        self.news = asyncio.Event()

    def push(self, text: str) -> None:
        self.said.append(text)
        self.news.set()

    def close(self, code: CloseCode) -> None:
        self.closed = code
        self.news.set()

    def bodies(self) -> list[dict[str, Any]]:
        return [orjson.loads(text) for text in self.said]

    def answered(self) -> set[str | None]:
        return {body.get("ref") for body in self.bodies()}


class LiveHttp:
    """`POST …/poll` and `POST …/send` for one kind of session. `guard(scope, body)` refuses
    requests that another site could have forged; raises DomainError."""

    def __init__(
        self,
        session_class: type[Session],
        guard: Callable[[dict[str, Any], bytes], Awaitable[None]] | None = None,
    ) -> None:
        self.session_class, self.guard = session_class, guard

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            status, body = await self._serve(scope, receive)
        except DomainError as error:
            status, body = error.status, {"error": error.as_dict()}
        except AWAY as error:
            log.warning("live_http.server_away", error=str(error))
            status, body = Busy.status, {"error": Busy().as_dict()}
        await _respond(send, status, body)

    async def _serve(self, scope: Any, receive: Any) -> Answer:
        if scope["method"] != "POST":
            return 405, {"error": {"code": "invalid", "message": "POST"}}
        body = await _read(receive)
        if self.guard is not None:
            await self.guard(scope, body)
        runtime, carrier = await get_runtime(), Collector()
        session = await self.session_class.open(scope, _bearer(scope), carrier, runtime)
        if scope["path"].endswith("/poll"):
            return await self._poll(runtime, session, carrier, _parse(PollBody, body), receive)
        return await self._send(session, carrier, _parse(SendBody, body))

    async def _poll(
        self, runtime: Runtime, session: Session, carrier: Collector, asked: Any, receive: Any
    ) -> Answer:
        """Answers at once with what was missed, else with the first news within 25 s."""
        if asked.last is None:
            return 200, {"last": runtime.hub.newest_at, "events": []}
        runtime.add(session)
        session.joined()
        try:
            topics = {*session.own_topics(), *await session.granted_now(asked.topics)}
            runtime.hub.subscribe(session, topics)
            for topic in sorted({*asked.topics} - topics):  # lost since his last poll
                session.answer({"type": "unsubscribed", "topic": topic})
            events = await missed(runtime, topics, asked.last)
            if events is not None and not events and not carrier.said:
                await _news_or_gone(carrier, receive)
        finally:
            runtime.remove(session)
        if carrier.closed == CloseCode.WHO_ARE_YOU:
            raise NotSignedIn
        if events is None or session.was_reset:
            return 200, {"last": runtime.hub.newest_at, "reset": True}
        replayed = {text: None for _, text in events} | dict.fromkeys(carrier.said)
        return 200, _events(replayed, asked.last, session.sent, events, runtime)

    async def _send(self, session: Session, carrier: Collector, asked: Any) -> Answer:
        """Serves the frames in order; the answers of all that have a `ref`, in any order."""
        waited_for = set()
        for frame in asked.frames:
            try:
                parsed = frames.parse(dumps(frame).decode())
            except DomainError as error:
                carrier.push(frames.error_frame(error, None, session.language))
                continue
            if isinstance(parsed, ONLY_LISTENERS):
                continue
            if isinstance(parsed, frames.MessageSend):
                waited_for.add(str(parsed.ref))
            await session.handle(parsed)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                while not waited_for <= carrier.answered():
                    carrier.news.clear()
                    await carrier.news.wait()
        except TimeoutError as error:
            raise Busy from error
        return 200, {"answers": carrier.bodies()}


async def not_found(scope: Any, receive: Any, send: Any) -> None:
    error = NotFound()
    await _respond(send, error.status, {"error": error.as_dict()})


async def _respond(send: Any, status: int, body: dict[str, Any]) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": dumps(body)})


def _events(
    texts: dict[str, None],
    last: str,
    sent: StreamId | None,
    events: list[tuple[StreamId, str]],
    runtime: Runtime,
) -> dict[str, Any]:
    newest = max([stream_id for stream_id, _ in events] + ([sent] if sent else []), default=None)
    return {
        "last": f"{runtime.hub.epoch}.{newest}" if newest else last,
        "events": [orjson.loads(text) for text in texts],
    }


async def _news_or_gone(carrier: Collector, receive: Any) -> None:
    """Until something is said (and a moment more, for what comes with it), the client hangs up,
    or the time is over."""
    gone = asyncio.ensure_future(receive())
    news = asyncio.ensure_future(carrier.news.wait())
    done, pending = await asyncio.wait(
        {gone, news}, timeout=POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED
    )
    for task in pending:
        task.cancel()
    if news in done:
        await asyncio.sleep(GATHER_SECONDS)


async def _read(receive: Any) -> bytes:
    body: bytes = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Invalid
        body += message.get("body", b"")
        if len(body) > FRAME_LIMIT * 2:
            raise TooLong
        if not message.get("more_body"):
            return body


def _parse(model: type[BaseModel], body: bytes) -> BaseModel:
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise Invalid from error


def _bearer(scope: Any) -> str:
    for name, value in scope["headers"]:
        if name == b"authorization":
            kind, _, token = value.decode("latin-1").partition(" ")
            if kind.lower() != "bearer":
                raise NotSignedIn
            return str(token.strip())
    return ""
