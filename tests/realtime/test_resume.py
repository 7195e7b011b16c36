"""A client that comes back gets what it missed, in order and once, or `reset`."""

import asyncio

import pytest
from pytest_django import Settings

from helpdesk.realtime.entry import Entry
from helpdesk.realtime.outbox import send
from helpdesk.realtime.pool import run_db
from helpdesk.realtime.position import current_at, parse_at
from tests import make
from tests.people import People
from tests.support.sockets import Socket
from tickets.actions.assign import assign

pytestmark = pytest.mark.django_db(transaction=True)


async def say(topic: str, count: int, first: int = 1) -> None:
    bodies = [f'{{"type":"test.said","n":{n}}}' for n in range(first, first + count)]
    await asyncio.to_thread(send, [Entry((topic,), staff=b, public=b) for b in bodies])


def said(frames: list[dict[str, object]]) -> list[object]:
    return [frame["n"] for frame in frames if frame["type"] == "test.said"]


async def place(people: People) -> str:
    """A visitor who was here: the number of what he heard last."""
    async with vera(people) as socket:
        await socket.hello()
        await say(socket.own_topic, 1, first=0)
        return str((await socket.expect("test.said"))["at"])


def vera(people: People) -> Socket:
    return Socket.of_visitor(people.inbox, people.vera_token)


def topic(people: People) -> str:
    return f"visitor:{people.vera.identity}"


async def test_what_was_missed_comes_in_order(people: People) -> None:
    last = await place(people)
    await say(topic(people), 500)
    await say(f"visitor:{people.viktor.identity}", 10)
    async with vera(people) as socket:
        await socket.hello(last=last)
        assert said(await socket.until_quiet()) == list(range(1, 501))


async def test_after_more_than_500_everything_is_loaded_anew(people: People) -> None:
    last = await place(people)
    await say(topic(people), 501)
    async with vera(people) as socket:
        await socket.hello(last=last)
        assert (await socket.next())["type"] == "reset"
        await socket.silent()


async def test_a_new_client_gets_no_replay(people: People) -> None:
    await place(people)
    async with vera(people) as socket:
        await socket.hello()
        await socket.silent()


@pytest.mark.parametrize("stale", ["nonsense", "other.5-0", "5-0", "."])
async def test_no_number_of_ours_means_reset(people: People, stale: str) -> None:
    async with vera(people) as socket:
        await socket.hello(last=stale)
        assert (await socket.next())["type"] == "reset"


async def test_a_number_from_the_future_means_reset(people: People) -> None:
    epoch, stream_id = parse_at(await place(people))
    async with vera(people) as socket:
        await socket.hello(last=f"{epoch}.{stream_id.ms + 3_600_000}-0")
        assert (await socket.next())["type"] == "reset"


async def test_older_than_the_oldest_kept_means_reset(people: People, settings: Settings) -> None:
    settings.ENV = settings.ENV.model_copy(update={"live_memory_length": 3})
    last = await place(people)
    await say("other", 3)
    async with vera(people) as socket:
        await socket.hello(last=last)
        await socket.silent()
    await say("other", 1)
    async with vera(people) as socket:
        await socket.hello(last=last)
        assert (await socket.next())["type"] == "reset"


async def test_a_fresh_process_resumes_from_the_tail(people: People) -> None:
    """Another event loop is another process: it has a reader and a memory of its own."""
    last = await asyncio.to_thread(asyncio.run, place(people))
    await say(topic(people), 3)
    async with vera(people) as socket:
        await socket.hello(last=last)
        assert said(await socket.until_quiet()) == [1, 2, 3]


async def test_ephemeral_entries_are_not_replayed(people: People) -> None:
    last = await place(people)
    body = '{"type":"test.passing"}'
    await asyncio.to_thread(send, [Entry((topic(people),), public=body, keep=False)])
    async with vera(people) as socket:
        await socket.hello(last=last)
        await socket.silent()


async def test_an_entry_that_comes_twice_has_two_numbers(people: People) -> None:
    async with vera(people) as socket:
        await socket.hello()
        await say(socket.own_topic, 1)
        await say(socket.own_topic, 1)
        first, again = await socket.until_quiet()
        assert first["n"] == again["n"]
        assert parse_at(first["at"]) < parse_at(again["at"])


async def test_subscribing_replays_what_the_snapshot_misses(people: People) -> None:
    row, viewer = await run_db(make.ticket, people.vera), await run_db(make.viewer, people.alice)
    # Hers already: her arrival would give it to her at any moment, and say so.
    await run_db(lambda: assign(viewer, row.id, agent_id=people.alice.pk))
    async with await Socket.of_agent(people.alice) as alice:
        await alice.hello()
        await alice.until_quiet()
        at = await asyncio.to_thread(current_at)
        await run_db(lambda: make.reply(viewer, row, "meanwhile"))
        await alice.subscribe(f"ticket:{row.id}", last=at)
        event = await alice.expect("message.created", topic=f"ticket:{row.id}")
        assert event["message"]["body"] == "meanwhile"


async def test_only_the_new_topics_are_replayed(people: People) -> None:
    async with await Socket.of_agent(people.alice) as alice:
        await alice.hello()
        await alice.until_quiet()
        at = await asyncio.to_thread(current_at)
        team = f"team:{people.support.pk}"
        await alice.subscribe(team)
        await say(team, 2)
        await say(alice.own_topic, 2, first=10)
        assert said(await alice.until_quiet()) == [1, 2, 10, 11]
        await alice.subscribe(team, last=at)
        assert said(await alice.until_quiet()) == []


async def test_a_replay_does_not_hide_what_is_newer(people: People) -> None:
    """`pong.last` stays the newest that was handed over, whatever was replayed after it."""
    async with await Socket.of_agent(people.alice) as alice:
        await alice.hello()
        await alice.expect("agent.status")
        at = await asyncio.to_thread(current_at)
        team = f"team:{people.support.pk}"
        await say(team, 1)
        await say(alice.own_topic, 1, first=10)
        newest = (await alice.expect("test.said"))["at"]
        await alice.subscribe(team, last=at)
        assert (await alice.expect("test.said"))["n"] == 1
        await alice.send("ping")
        assert (await alice.expect("pong"))["last"] == newest


async def test_refused_topics_are_not_replayed(people: People) -> None:
    at = await place(people)
    sales = f"team:{people.sales.pk}"
    await say(sales, 1)
    async with await Socket.of_agent(people.alice) as alice:
        await alice.hello()
        answer = await alice.subscribe(sales, "all", f"ticket:{at}", last=at)
        assert answer["granted"] == []
        assert said(await alice.until_quiet()) == []


async def test_an_entry_of_another_version_is_passed_over(people: People) -> None:
    from helpdesk.realtime.redis import STREAM, client

    async with vera(people) as socket:
        await socket.hello()
        await asyncio.to_thread(client().xadd, STREAM, {b"e": b"nonsense"})
        await asyncio.to_thread(client().xadd, STREAM, {b"other": b"field"})
        await say(socket.own_topic, 1)
        assert said(await socket.until_quiet()) == [1]
