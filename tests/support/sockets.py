"""A client's socket against the real ASGI application, in the test's own event loop."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.test import Client

from chat.consumers.routing import websockets
from helpdesk.accounts.models import User
from helpdesk.realtime.entry import Entry
from helpdesk.realtime.outbox import send as announce
from helpdesk.realtime.pool import run_db
from tickets.models import Inbox

ORIGIN = "http://localhost:8000"
SECONDS = 10.0
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MARK = "test.mark"
Frame = dict[str, Any]


def sign_in(user: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend=BACKEND)
    return client


def session_of(user: User) -> str:
    return sign_in(user).cookies[settings.SESSION_COOKIE_NAME].value


async def until(question: Callable[[], Awaitable[bool]]) -> None:
    """Asks again until the answer is yes."""
    async with asyncio.timeout(SECONDS):
        while not await question():  # noqa: ASYNC110  the world tells nobody
            await asyncio.sleep(0.02)


class Closed(AssertionError):
    """The server closed the socket while the test waited for something else."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"closed with {code}")
        self.code = code


class Socket:
    """Opens on entering. `heard` is everything that came; what an `expect` passes over is still
    there for the next one, since answers and announcements overtake each other."""

    def __init__(
        self, path: str, *, origin: str = ORIGIN, headers: Iterable[tuple[str, str]] = ()
    ) -> None:
        given = {"origin": origin, "host": "localhost", **dict(headers)}
        self.scope = {
            "type": "websocket",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(k.encode(), v.encode()) for k, v in given.items() if v],
            "subprotocols": [],
        }
        self.own_topic = ""
        self.heard: list[Frame] = []
        self._passed_over: list[Frame] = []
        self.accepted = False
        self._in: asyncio.Queue[Frame] = asyncio.Queue()
        self._out: asyncio.Queue[Frame] = asyncio.Queue()
        self._credentials: Frame = {}

    @classmethod
    def of_visitor(cls, inbox: Inbox, token: str, **more: Any) -> Self:
        socket = cls(f"/ws/widget/{inbox.public_id}/", **more)
        socket._credentials = {"token": token}
        return socket

    @classmethod
    def of_session(cls, key: str, **more: Any) -> Self:
        cookie = ("cookie", f"{settings.SESSION_COOKIE_NAME}={key}")
        return cls("/ws/console/", headers=[cookie], **more)

    @classmethod
    async def of_agent(cls, user: User) -> Self:
        return cls.of_session(await run_db(session_of, user))

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(websockets(self.scope, self._in.get, self._out.put))
        await self._in.put({"type": "websocket.connect"})
        first = await self._message()
        self.accepted = first["type"] == "websocket.accept"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._in.put({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait_for(asyncio.gather(self._task, return_exceptions=True), SECONDS)

    async def hello(self, last: str | None = None, **more: Any) -> Frame:
        """Says who he is; the welcome, after which whatever was missed comes."""
        await self.send("hello", v=1, last=last, **self._credentials, **more)
        welcome = await self.expect("welcome")
        me = welcome["me"]
        self.own_topic = f"{'agent' if me['kind'] == 'agent' else 'visitor'}:{me['id']}"
        return welcome

    async def send(self, kind: str, /, **fields: Any) -> None:
        await self.send_text(json.dumps({"type": kind, **fields}, default=str))

    async def send_text(self, text: str) -> None:
        await self._in.put({"type": "websocket.receive", "text": text})

    async def send_bytes(self, data: bytes) -> None:
        await self._in.put({"type": "websocket.receive", "bytes": data})

    async def write(self, body: str, ticket: UUID | None = None, **fields: Any) -> UUID:
        """Sends a message, or starts a conversation with it; its ref."""
        ref = fields.pop("ref", None) or uuid4()
        where = {"ticket": ticket} if ticket else {"start": {"language": "en"}}
        await self.send("message.send", ref=ref, body=body, **(where | fields))
        return ref

    async def start(self, body: str = "Hello") -> UUID:
        """A new conversation; its ticket."""
        ref = await self.write(body)
        return UUID((await self.expect("ack", ref=str(ref)))["ticket"])

    async def subscribe(self, *topics: str, last: str | None = None) -> Frame:
        await self.send("subscribe", topics=topics, last=last)
        return await self.expect("subscribed")

    async def next(self) -> Frame:
        message = await self._message()
        if message["type"] == "websocket.close":
            raise Closed(message.get("code"))
        frame: Frame = json.loads(message["text"])
        self.heard.append(frame)
        return frame

    async def expect(self, kind: str, /, **fields: Any) -> Frame:
        """The first frame of this type with these fields; others are passed over."""

        def fits(frame: Frame) -> bool:
            return frame["type"] == kind and fields.items() <= frame.items()

        for frame in self._passed_over:
            if fits(frame):
                self._passed_over.remove(frame)
                return frame
        while not fits(frame := await self.next()):
            self._passed_over.append(frame)
        return frame

    async def message(self, body: str) -> Frame:
        """The next announcement of a message with this body."""
        while True:
            event = await self.expect("message.created")
            if event["message"]["body"] == body:
                return event

    async def closed(self) -> int:
        """The code with which the server closes; frames before it are passed over."""
        while True:
            try:
                await self.next()
            except Closed as closed:
                return closed.code or 0

    async def until_quiet(self) -> list[Frame]:
        """Everything that the log has for him up to now: says something behind it and waits."""
        mark = str(uuid4())
        body = json.dumps({"type": MARK, "mark": mark})
        entry = Entry((self.own_topic,), staff=body, public=body, keep=False)
        await asyncio.to_thread(announce, [entry])
        frames = []
        while (frame := await self.next()).get("mark") != mark:
            frames.append(frame)
        return [frame for frame in frames if frame["type"] != MARK]

    async def silent(self) -> None:
        heard = await self.until_quiet()
        assert heard == []

    async def _message(self) -> Frame:
        return await asyncio.wait_for(self._out.get(), SECONDS)
