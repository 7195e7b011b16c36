"""Whole web processes, under both servers: asked to go, killed, and their servers restarted."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import orjson
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from helpdesk.realtime.pool import run_db
from tests import make
from tests.people import People
from tests.support.servers import COMMANDS, WebProcess, web_process
from tickets.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
both = pytest.mark.parametrize("server", list(COMMANDS))
SECONDS = 15.0
Frame = dict[str, Any]


class Client:
    """A stranger's client: it speaks the protocol over a real connection."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.passed_over: list[Frame] = []

    async def send(self, kind: str, **fields: Any) -> None:
        await self.connection.send(orjson.dumps({"type": kind, **fields}).decode())

    async def expect(self, kind: str) -> Frame:
        for frame in self.passed_over:
            if frame["type"] == kind:
                self.passed_over.remove(frame)
                return frame
        async with asyncio.timeout(SECONDS):
            while True:
                frame = orjson.loads(await self.connection.recv())
                if frame["type"] == kind:
                    return frame
                self.passed_over.append(frame)

    async def drain(self) -> tuple[list[Frame], int]:
        """Everything up to the end, and the code of the end."""
        frames: list[Frame] = []
        try:
            async with asyncio.timeout(SECONDS):
                while True:
                    frames.append(orjson.loads(await self.connection.recv()))
        except ConnectionClosed as closed:
            return frames, closed.rcvd.code if closed.rcvd else 1006


def vera_at(web: WebProcess, people: People) -> Any:
    url = f"ws://{web.host}/ws/widget/{people.inbox.public_id}/"
    return connect(url, origin=f"http://{web.host}", proxy=None)  # type: ignore[arg-type]


async def hello(connection: ClientConnection, people: People, last: str | None = None) -> Client:
    client = Client(connection)
    await client.send("hello", v=1, token=people.vera_token, last=last)
    await client.expect("welcome")
    return client


@asynccontextmanager
async def waiting_poll(
    web: WebProcess, people: People
) -> AsyncIterator[asyncio.Task[httpx2.Response]]:
    """A visitor whose sockets are blocked waits for news."""
    headers = {"Authorization": f"Bearer {people.viktor_token}"}
    url = f"http://{web.host}/live/widget/{people.inbox.public_id}/poll"
    async with httpx2.AsyncClient(trust_env=False, headers=headers, timeout=30) as client:
        first = await client.post(url, json={"last": None})
        body = {"last": first.json()["last"]}
        yield asyncio.create_task(client.post(url, json=body))


@pytest.fixture
def web(server: str, people: People, tmp_path: Path) -> Iterator[WebProcess]:
    with web_process(server, tmp_path) as process:
        yield process


@both
async def test_asked_to_go(web: WebProcess, people: People) -> None:
    """Answers what it has taken, says when to come back, and is gone in time."""
    row = await run_db(make.ticket, people.vera)
    async with (
        waiting_poll(web, people) as poll,
        vera_at(web, people) as connection,
        vera_at(web, people) as unwelcomed,
    ):
        client = await hello(connection, people)
        refs = [str(uuid4()) for _ in range(10)]
        for ref in refs:
            await client.send("message.send", ref=ref, ticket=str(row.id), body="in time?")
        asked = time.monotonic()
        await client.expect("ack")
        web.terminate()
        frames, code = await client.drain()
        assert code == 4012
        assert frames[-1]["type"] in {"restarting", "ack", "message.created"}
        (restarting,) = [frame for frame in frames if frame["type"] == "restarting"]
        assert restarting["delay_ms"] > 0
        assert await asyncio.to_thread(web.wait, 10) in {0, -15}
        assert time.monotonic() - asked < 10
        assert (await poll).status_code == 200
        assert (await Client(unwelcomed).drain())[1] in {1000, 1001, 1006, 1012, 4012}
    acked = {frame["ref"] for frame in frames if frame["type"] == "ack"}
    kept = await run_db(lambda: set(Message.objects.filter(ref__in=refs).values_list("ref")))
    # One ack was taken before SIGTERM; what was kept has been acknowledged.
    assert len(acked) + 1 == len(kept)


@both
async def test_killed_and_back(web: WebProcess, people: People) -> None:
    """What was acknowledged is there once, and what was said meanwhile comes on resuming."""
    row = await run_db(make.ticket, people.vera)
    async with vera_at(web, people) as connection:
        client = await hello(connection, people)
        ref = str(uuid4())
        await client.send("message.send", ref=ref, ticket=str(row.id), body="before")
        last = (await client.expect("message.created"))["at"]
        await client.expect("ack")
        lost = str(uuid4())
        await client.send("message.send", ref=lost, ticket=str(row.id), body="at that moment")
        web.kill()
        assert (await client.drain())[1] == 1006
    await run_db(lambda: make.reply(make.viewer(people.alice), row, "meanwhile"))
    await asyncio.to_thread(web.start)
    async with vera_at(web, people) as connection:
        client = await hello(connection, people, last)
        await client.send("message.send", ref=lost, ticket=str(row.id), body="at that moment")
        heard: dict[int, str] = {}
        while set(heard.values()) != {"meanwhile", "at that moment"}:
            message = (await client.expect("message.created"))["message"]
            heard[message["seq"]] = message["body"]
    bodies = Message.objects.filter(kind="reply").order_by("seq").values_list("body", flat=True)
    found = await run_db(lambda: list(bodies))
    assert sorted(found) == sorted(["Hello", "before", "at that moment", "meanwhile"])
