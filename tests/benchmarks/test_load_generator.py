"""A measurement that cannot see a loss is worth nothing: the generator against a broken server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from benchmarks.chat import loops
from benchmarks.chat.crowd import Crowd
from benchmarks.chat.wire import HandshakeError, connect, encode_frame
from tests.benchmarks.fake_chat import FakeChat, running

CLEAN = {
    "unacknowledged": 0,
    "lost": 0,
    "doubled": 0,
    "doubled_to_visitor": 0,
    "acked_twice": 0,
    "out_of_order": 0,
    "strays": 0,
    "refused": {},
}


@pytest.fixture(autouse=True)
def short_drain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loops, "DRAIN", 0.3)


@asynccontextmanager
async def crowd_on(chat: FakeChat, visitors: int = 8) -> AsyncIterator[Crowd]:
    async with running(chat):
        crowd = Crowd(chat.plan(visitors))
        await crowd.open_all()
        try:
            yield crowd
        finally:
            crowd.close_all()


async def test_a_faithful_server_has_no_faults() -> None:
    async with crowd_on(FakeChat()) as crowd:
        figures = await loops.closed_loop(crowd, 1, in_flight=4, warm_up=0.1, seconds=0.3)
    assert figures["per_second"] > 0
    assert {name: figures[name] for name in CLEAN} == CLEAN


async def test_lost_messages_are_counted() -> None:
    chat = FakeChat(copies_of_tenth=0)
    async with crowd_on(chat) as crowd:
        figures = await loops.open_loop(crowd, 1, rate=200, warm_up=0, seconds=0.5)
    assert figures["lost"] == chat.written // 10 > 0
    assert figures["doubled"] == 0


async def test_doubled_messages_are_counted() -> None:
    chat = FakeChat(copies_of_tenth=2)
    async with crowd_on(chat) as crowd:
        figures = await loops.open_loop(crowd, 1, rate=200, warm_up=0, seconds=0.5)
    assert figures["doubled"] == chat.written // 10 > 0
    assert figures["lost"] == 0


async def test_wrong_order_is_counted() -> None:
    async with crowd_on(FakeChat(backwards=True)) as crowd:
        figures = await loops.open_loop(crowd, 1, rate=200, warm_up=0, seconds=0.3)
    assert figures["out_of_order"] == figures["sent"] - 1


async def test_a_stall_shows_in_the_messages_that_were_due_meanwhile() -> None:
    """A generator that waits for the stalled server would report one slow message."""
    async with crowd_on(FakeChat(stall_once=0.4), visitors=1) as crowd:
        figures = await loops.open_loop(crowd, 1, rate=200, warm_up=0, seconds=1.0)
    assert figures["ack_ms"]["max"] >= 400
    assert figures["ack_ms"]["p95"] > 200


async def test_events_are_confirmed_often_enough() -> None:
    chat = FakeChat()
    async with crowd_on(chat) as crowd:
        await loops.closed_loop(crowd, 1, in_flight=4, warm_up=0, seconds=0.5)
    assert chat.seen >= chat.sent_to_agent // 200


async def test_a_socket_that_the_server_closes_is_counted() -> None:
    chat = FakeChat()
    async with crowd_on(chat) as crowd:
        await chat.sockets[0].close(4408, "too slow")
        async with asyncio.timeout(5):
            while not crowd.closed:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert dict(crowd.closed) == {4408: 1}


async def test_a_refused_handshake_says_what_the_server_said() -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 403 Forbidden\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(HandshakeError, match="403"):
            await connect(port, "/", {}, lambda text: None, lambda code: None)


@pytest.mark.parametrize("length", [0, 125, 126, 4000])
def test_frames_are_masked_as_the_protocol_asks(length: int) -> None:
    payload = bytes(range(256)) * 16
    frame = encode_frame(payload[:length])
    start = 2 if length <= 125 else 4
    mask, masked = frame[start : start + 4], frame[start + 4 :]
    assert frame[1] & 0x80
    assert bytes(b ^ mask[i % 4] for i, b in enumerate(masked)) == payload[:length]
