"""What passes and is never stored: typing, looking, presence, places in the queue, pages."""

import asyncio
from uuid import UUID

import pytest
from django.db import connection

from chat.actions import presence as looking
from chat.consumers import typing as throttle
from chat.queries.presence import last_page, viewers_of
from helpdesk.realtime import presence, runtime
from helpdesk.realtime.entry import Entry
from helpdesk.realtime.outbox import send
from helpdesk.realtime.pool import run_db
from helpdesk.realtime.redis import client
from tests import make
from tests.people import People
from tests.support.sockets import Frame, Socket, until
from tickets.actions.assign import assign
from tickets.actions.solve import solve

pytestmark = pytest.mark.django_db(transaction=True)


async def keep_pinging(socket: Socket) -> None:
    while True:
        await socket.send("ping")
        await asyncio.sleep(0.1)


def of_kind(frames: list[Frame], kind: str) -> list[Frame]:
    return [frame for frame in frames if frame["type"] == kind]


async def test_an_agents_typing_goes_to_the_visitor_by_first_name(
    people: People, vera: Socket, alice: Socket
) -> None:
    ticket = await vera.start()
    async with Socket.of_visitor(people.inbox, people.viktor_token) as viktor:
        await viktor.hello()
        await alice.send("typing", ticket=ticket, on=True)
        event = await vera.expect("ticket.typing")
        assert event["who"] == {"kind": "agent", "id": None, "name": "Alice"}
        await alice.send("typing", ticket=ticket, on=False)
        assert (await vera.expect("ticket.typing"))["on"] is False
        await viktor.silent()


async def test_a_visitors_typing_goes_to_who_looks_and_who_owns(
    people: People, vera: Socket, alice: Socket
) -> None:
    row = await run_db(make.ticket, people.vera)
    await run_db(lambda: assign(make.viewer(people.mona), row.id, agent_id=people.alice.pk))
    async with await Socket.of_agent(people.bob) as bob, await Socket.of_agent(people.mona) as mona:
        for socket in (bob, mona):
            await socket.hello()
            await socket.until_quiet()
        await bob.subscribe(f"ticket:{row.id}")
        await vera.send("typing", ticket=row.id, on=True)
        for socket in (alice, bob):
            event = await socket.expect("ticket.typing")
            assert event["who"]["kind"] == "contact"
        assert not of_kind(await mona.until_quiet(), "ticket.typing")


PEEKS = [(True, "Where is my \u202eorder", "Where is my order"), (False, "Where is it", None)]


@pytest.mark.parametrize(("allowed", "typed", "seen"), PEEKS)
async def test_what_is_typed_is_seen_only_where_the_inbox_lets_it(
    people: People, vera: Socket, alice: Socket, allowed: bool, typed: str, seen: str | None
) -> None:
    people.inbox.settings = {"conversation": {"peek": allowed}}
    await run_db(people.inbox.save)
    ticket = await vera.start()
    await alice.subscribe(f"ticket:{ticket}")
    await vera.until_quiet()
    await vera.send("typing", ticket=ticket, on=True, text=typed)
    assert (await alice.expect("ticket.typing")).get("text") == seen
    assert not of_kind(await vera.until_quiet(), "ticket.typing")
    await vera.send("typing", ticket=ticket, on=True, text="x" * 501)
    assert (await vera.expect("error"))["code"] == "invalid"


async def test_typing_is_passed_on_once_in_a_while(
    people: People, vera: Socket, alice: Socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "TYPING_EVERY_SECONDS", 60)
    ticket = await vera.start()
    await vera.until_quiet()
    for _ in range(10):
        await alice.send("typing", ticket=ticket, on=True)
        await alice.send("typing", ticket=ticket, on=False)
    await alice.send("ping")
    await alice.expect("pong")
    heard = of_kind(await vera.until_quiet(), "ticket.typing")
    assert [event["on"] for event in heard] == [True, False]


async def test_who_looks_and_who_replies(people: People, alice: Socket) -> None:
    row = await run_db(make.ticket, people.vera)
    async with await Socket.of_agent(people.bob) as bob:
        await bob.hello()
        await bob.subscribe(f"ticket:{row.id}")
        await alice.send("viewing", ticket=row.id, replying=True)
        event = await bob.expect("ticket.viewers")
        me = {"id": people.alice.pk, "name": "Alice Adams", "replying": True}
        assert event["viewers"] == [me]
        other = await run_db(make.ticket, people.viktor)
        await alice.send("viewing", ticket=other.id, replying=False)
        assert (await bob.expect("ticket.viewers"))["viewers"] == []
        await alice.send("viewing", ticket=row.id)
        await bob.expect("ticket.viewers")
        await alice.__aexit__()
        assert (await bob.expect("ticket.viewers"))["viewers"] == []


async def test_eyes_that_do_not_move_stay(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    row = await run_db(make.ticket, people.vera)
    monkeypatch.setattr(runtime, "HEARTBEAT", 0.2)
    monkeypatch.setattr(presence, "LEASE_SECONDS", 2)
    async with await Socket.of_agent(people.alice) as alice:
        await alice.hello()
        await alice.send("viewing", ticket=row.id)
        await alice.send("ping")
        await alice.expect("pong")
        name = looking.key("viewers", row.id)
        monkeypatch.setattr(presence, "LEASE_SECONDS", 600)
        alive = asyncio.create_task(keep_pinging(alice))
        await until(lambda: run_db(lambda: client().ttl(name) > 2))
        alive.cancel()
        assert [v["id"] for v in await run_db(viewers_of, row.id)] == [people.alice.pk]


async def test_coming_and_going_is_said_once(
    people: People, alice: Socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "UNKNOWN_SECONDS", 0)
    async with await Socket.of_agent(people.bob) as bob:
        await bob.hello()
        event = await alice.expect("agent.status")
        assert (event["agent"]["id"], event["agent"]["online"]) == (people.bob.pk, True)
        async with await Socket.of_agent(people.bob) as tab:
            await tab.hello()
            await tab.until_quiet()
        await bob.until_quiet()
        await alice.silent()
    await until(lambda: run_db(lambda: people.bob.pk not in (presence.agents() or set())))
    await run_db(looking.announce_departed)
    await run_db(looking.announce_departed)
    (event,) = await alice.until_quiet()
    assert (event["agent"]["id"], event["agent"]["online"]) == (people.bob.pk, False)


async def test_a_reload_is_no_departure(people: People, alice: Socket) -> None:
    async with await Socket.of_agent(people.bob) as bob:
        await bob.hello()
        await alice.expect("agent.status")
    async with await Socket.of_agent(people.bob) as bob:
        await bob.hello()
        await bob.until_quiet()
        assert await run_db(presence.agents) == {people.alice.pk, people.bob.pk}
    await alice.silent()


async def test_a_lease_ends_with_the_process_that_held_it(people: People) -> None:
    score = {str(people.bob.pk): 1.0}
    await run_db(lambda: client().zadd(presence.AGENTS, score))
    assert await run_db(presence.agents) == set()
    assert await run_db(presence.sweep_agents) == {people.bob.pk}
    assert await run_db(presence.sweep_agents) == set()


async def test_a_visitor_is_here_while_his_socket_is(people: People, vera: Socket) -> None:
    identity = str(people.vera.identity)
    await until(lambda: run_db(presence.is_visitor_here, identity))
    assert not await run_db(presence.is_visitor_here, str(people.viktor.identity))


async def test_availability(people: People, alice: Socket) -> None:
    await alice.send("status", availability="away")
    event = await alice.expect("agent.status")
    assert event["agent"]["availability"] == "away"
    assert event["agent"]["online"] is False
    await alice.send("status", availability="asleep")
    assert (await alice.expect("error"))["code"] == "invalid"


async def test_places_in_the_queue(people: People, vera: Socket) -> None:
    async with Socket.of_visitor(people.inbox, people.viktor_token) as viktor:
        await viktor.hello()
        first = await vera.start("first")
        assert (await vera.expect("queue.position", ticket=str(first)))["position"] == 1
        second = await viktor.start("second")
        event = await viktor.expect("queue.position", ticket=str(second))
        assert (event["position"], event["ahead"]) == (2, 1)
        mona = await run_db(make.viewer, people.mona)
        await run_db(solve, mona, first)
        event = await viktor.expect("queue.position", ticket=str(second), position=1)
        assert event["ahead"] == 0


async def test_whoever_comes_online_gets_the_one_who_waits(people: People, vera: Socket) -> None:
    ticket = await vera.start("anybody?")
    async with await Socket.of_agent(people.alice) as alice:
        await alice.hello()
        row = (await alice.expect("message.created", ticket=str(ticket)))["row"]
        assert row["assignee"]["id"] == people.alice.pk
        event = await vera.expect("message.created")
        while event["message"]["event"] is None:
            event = await vera.expect("message.created")
        assert event["message"]["event"] == {"name": "joined", "data": {"name": "Alice"}}


async def test_the_page_he_is_on(people: People, vera: Socket, alice: Socket) -> None:
    row = await run_db(make.ticket, people.vera)
    await alice.subscribe(f"ticket:{row.id}")
    await vera.send("page", url="https://shop.example/oak", title="Oak lamp", referrer="")
    visit = (await alice.expect("ticket.visit"))["visit"]
    assert (visit["url"], visit["title"]) == ("https://shop.example/oak", "Oak lamp")
    kept = await run_db(last_page, people.vera.identity)
    assert kept is not None
    assert kept["last_seen_at"] == visit["last_seen_at"]


async def test_reading_makes_ticks(people: People, vera: Socket, alice: Socket) -> None:
    ticket = await vera.start("seen?")
    seq = vera.heard[-1]["seq"]
    await alice.expect("message.created", ticket=str(ticket))
    await alice.send("read", ticket=ticket, seq=seq)
    assert (await alice.expect("ticket.seen"))["seq"] == seq
    changed = await vera.expect("ticket.changed")
    while changed["row"]["agents_seen_seq"] < seq:
        changed = await vera.expect("ticket.changed")
    await vera.send("read", ticket=ticket, seq=10**30)
    while changed["row"]["contact_seen_seq"] < seq:
        changed = await vera.expect("ticket.changed")


async def test_delivering_asks_nobody(people: People, vera: Socket, alice: Socket) -> None:
    """An event reaches its hearers without a thread: neither the pool nor the loop's own."""
    await alice.until_quiet()
    loop = asyncio.get_running_loop()
    hops: list[object] = []
    body = '{"type":"test.said"}'
    entries = [Entry((alice.own_topic, vera.own_topic), staff=body, public=body)] * 50
    await asyncio.to_thread(send, entries)

    def counted(*arguments: object) -> object:
        hops.append(arguments)
        raise AssertionError("a hop")

    real, loop.run_in_executor = loop.run_in_executor, counted  # type: ignore[method-assign,assignment]
    try:
        for _ in range(50):
            await alice.expect("test.said")
            await vera.expect("test.said")
    finally:
        loop.run_in_executor = real  # type: ignore[method-assign]
    assert hops == []


def test_none_of_it_is_stored(people: People) -> None:
    row = make.ticket(people.vera)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM realtime_liveoutbox")
        before = cursor.fetchone()
        looking.look(make.viewer(people.alice), None, UUID(str(row.id)), replying=False)
        looking.announce_agent(people.alice.pk)
        cursor.execute("SELECT count(*) FROM realtime_liveoutbox")
        assert cursor.fetchone() == before
