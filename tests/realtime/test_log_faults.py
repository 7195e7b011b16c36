"""Redis loses its memory in every way it can; nobody is told, and everybody gets it right."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from redis import Redis

from helpdesk.realtime import presence
from helpdesk.realtime.pool import run_db
from helpdesk.realtime.redis import STREAM
from tests import make
from tests.people import People
from tests.support.sockets import Socket
from tests.support.valkey import Log
from tickets.queries.rows import TicketRow

pytestmark = pytest.mark.django_db(transaction=True)


def flushed(log: Log) -> None:
    with log.client() as redis:
        redis.flushall()


def flushed_and_written_to_at_once(log: Log) -> None:
    with log.client() as redis, redis.pipeline() as pipe:
        pipe.flushall()
        pipe.xadd(STREAM, {b"e": b"other\n-\n\n{}\n"})
        pipe.execute()


def restarted_without_its_file(log: Log) -> None:
    log.restart(b"")


def restarted_with_its_file(log: Log) -> None:
    log.save()
    log.restart()


def trimmed_past(log: Log) -> None:
    """Entries that this process has not read are gone before it could."""
    with log.client() as redis, redis.pipeline() as pipe:
        for _ in range(10):
            pipe.xadd(STREAM, {b"e": b"other\n-\n\n{}\n"})
        pipe.xtrim(STREAM, maxlen=1, approximate=False)
        pipe.execute()


def clock_set_back(log: Log) -> None:
    """A new stream whose ids begin an hour ago."""
    with log.client() as redis, redis.pipeline() as pipe:
        first = int(redis.time()[0]) * 1000 - 3_600_000
        pipe.delete(STREAM)
        pipe.xadd(STREAM, {b"e": b"other\n-\n\n{}\n"}, id=f"{first}-0")
        pipe.execute()


async def rolled_back(log: Log, row: TicketRow, people: People) -> None:
    before = await asyncio.to_thread(log.save)
    await say(people, row, "announced, then rolled back")
    await asyncio.to_thread(log.restart, before)


def rolled_back_in_place(log: Log) -> None:
    """The same run_id, an older stream: what a restore on a running server does."""
    with log.client() as redis:
        older = redis.dump(STREAM)
        redis.xadd(STREAM, {b"e": b"other\n-\n\n{}\n"})
        _wait_until_read(redis)
        redis.restore(STREAM, 0, older, replace=True)


def _wait_until_read(redis: Redis) -> None:
    """The reader blocks on the stream again: it has taken what there was."""
    while not any(one["cmd"] == "xread" for one in redis.client_list()):
        pass


async def say(people: People, row: TicketRow, body: str) -> None:
    await run_db(lambda: make.reply(make.viewer(people.alice), row, body))


FAULTS: list[Callable[[Log], None]] = [
    flushed,
    flushed_and_written_to_at_once,
    restarted_without_its_file,
    restarted_with_its_file,
    trimmed_past,
    clock_set_back,
    rolled_back_in_place,
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
async def test_reset_then_right(log: Log, people: People, fault: Callable[[Log], None]) -> None:
    async def broken(row: TicketRow) -> None:
        await asyncio.to_thread(fault, log)

    await check_reset_then_right(log, people, broken)


async def test_rolled_back_to_an_older_file(log: Log, people: People) -> None:
    async def broken(row: TicketRow) -> None:
        await rolled_back(log, row, people)

    await check_reset_then_right(log, people, broken)


async def check_reset_then_right(
    log: Log, people: People, broken: Callable[[TicketRow], Awaitable[None]]
) -> None:
    row = await run_db(make.ticket, people.vera)
    async with Socket.of_visitor(people.inbox, people.vera_token) as vera:
        await vera.hello()
        await say(people, row, "before")
        seen_at = (await vera.message("before"))["at"]

        await broken(row)

        await vera.expect("reset")
        await say(people, row, "after")
        event = await vera.message("after")
        async with Socket.of_visitor(people.inbox, people.vera_token) as back:
            await back.hello(last=seen_at)
            await back.expect("reset")
        async with Socket.of_visitor(people.inbox, people.vera_token) as back:
            await back.hello(last=event["at"])
            await back.silent()


async def test_a_cut_connection_is_no_loss(log: Log, people: People) -> None:
    row = await run_db(make.ticket, people.vera)
    async with Socket.of_visitor(people.inbox, people.vera_token) as vera:
        await vera.hello()
        await say(people, row, "before")
        await vera.message("before")
        await asyncio.to_thread(log.cut)
        await say(people, row, "after")
        await vera.message("after")
        assert not [frame for frame in vera.heard if frame["type"] == "reset"]


async def test_presence_is_unknown_after_a_loss(log: Log, people: People) -> None:
    async with await Socket.of_agent(people.alice) as alice:
        await alice.hello()
        await alice.expect("agent.status")
        await asyncio.to_thread(log.restart, b"")
        await alice.expect("reset")
        await alice.until_quiet()
        assert await run_db(presence.agents) is None
        with log.client() as redis:
            assert redis.zscore(presence.AGENTS, str(people.alice.pk))
