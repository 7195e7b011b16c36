"""Who loses a right hears nothing later, and his view is told to clear."""

import asyncio
from collections.abc import Callable

import pytest
from django.db import OperationalError

from chat.consumers import agent
from helpdesk.accounts.actions import AgentData, set_active, update_agent, update_team
from helpdesk.accounts.models import User
from helpdesk.accounts.viewer import Staff
from helpdesk.realtime.pool import run_db
from tests import make
from tests.people import People
from tests.support.sockets import Frame, Socket
from tickets.actions.assign import assign, transfer
from tickets.queries.rows import TicketRow, select_rows

pytestmark = pytest.mark.django_db(transaction=True)


async def on_screen(people: People, socket: Socket) -> TicketRow:
    """A ticket of the support team, on Alice's screen as a thread and in a list."""
    row = await run_db(make.ticket, people.vera)
    answer = await socket.subscribe(f"ticket:{row.id}", f"team:{people.support.pk}")
    assert len(answer["granted"]) == 2
    await socket.until_quiet()
    return row


async def as_mona(people: People, act: Callable[[Staff], object]) -> None:
    await run_db(lambda: act(make.viewer(people.mona)))


def kinds(frames: list[Frame]) -> list[str]:
    return [frame["type"] for frame in frames if frame["type"] != "agent.status"]


async def test_a_transfer_takes_it_away_before_anything_else(people: People, alice: Socket) -> None:
    row = await on_screen(people, alice)
    await as_mona(
        people,
        lambda mona: transfer(mona, row.id, team_id=people.sales.pk, note="He asks for a discount"),
    )
    await run_db(lambda: make.reply(make.viewer(people.charlie), row, "Ten per cent."))
    heard = await alice.until_quiet()
    assert kinds(heard) == ["ticket.gone", "unsubscribed"]
    assert heard[-1]["topic"] == f"ticket:{row.id}"
    assert "discount" not in str(heard)


async def test_an_assignment_to_another_team_leaves_it_with_his_team(
    people: People, alice: Socket
) -> None:
    """Assigned to Charlie it is still the support team's: Alice keeps it."""
    row = await on_screen(people, alice)
    await as_mona(people, lambda mona: assign(mona, row.id, agent_id=people.charlie.pk))
    assert "unsubscribed" not in kinds(await alice.until_quiet())


async def test_an_owner_outside_the_team_loses_it_with_the_ticket(people: People) -> None:
    row = await run_db(make.ticket, people.vera)
    await as_mona(people, lambda mona: assign(mona, row.id, agent_id=people.charlie.pk))
    async with await Socket.of_agent(people.charlie) as charlie:
        await charlie.hello()
        await charlie.expect("agent.status")
        assert (await charlie.subscribe(f"ticket:{row.id}"))["granted"] == [f"ticket:{row.id}"]
        await charlie.until_quiet()
        await as_mona(people, lambda mona: assign(mona, row.id, agent_id=people.bob.pk))
        heard = kinds(await charlie.until_quiet())
        assert sorted(heard) == ["ticket.gone", "unsubscribed"]
        await run_db(lambda: make.reply(make.viewer(people.bob), row, "Mine now."))
        await charlie.silent()


async def test_those_who_keep_the_right_keep_hearing(people: People, alice: Socket) -> None:
    row = await on_screen(people, alice)
    async with await Socket.of_agent(people.mona) as mona:
        await mona.hello()
        await mona.subscribe(f"ticket:{row.id}")
        await mona.until_quiet()
        await as_mona(people, lambda v: transfer(v, row.id, team_id=people.sales.pk))
        await run_db(lambda: make.reply(make.viewer(people.charlie), row, "Hello from sales."))
        assert (await mona.message("Hello from sales."))["topic"] == f"ticket:{row.id}"


async def test_leaving_a_team(people: People, alice: Socket) -> None:
    row = await on_screen(people, alice)
    await as_mona(
        people, lambda mona: update_team(mona, people.support, "Support", [people.bob.pk])
    )
    heard = await alice.until_quiet()
    assert {frame["topic"] for frame in heard if frame["type"] == "unsubscribed"} == {
        f"ticket:{row.id}",
        f"team:{people.support.pk}",
    }
    await run_db(make.reply, people.vera, row, "Anybody there?")
    await alice.silent()
    answer = await alice.subscribe(f"ticket:{row.id}", f"team:{people.support.pk}")
    assert answer["granted"] == []


async def test_losing_a_role(people: People) -> None:
    manager = await run_db(lambda: make.user(role="manager"))
    async with await Socket.of_agent(manager) as socket:
        await socket.hello()
        await socket.until_quiet()
        assert (await socket.subscribe("all"))["granted"] == ["all"]
        data = AgentData(email=manager.email, name=manager.name)
        await as_mona(people, lambda mona: update_agent(mona, manager, data))
        assert (await socket.expect("unsubscribed"))["topic"] == "all"
        assert (await socket.subscribe("all"))["granted"] == []


async def test_being_let_go(people: People, alice: Socket) -> None:
    await on_screen(people, alice)
    await as_mona(people, lambda mona: set_active(mona, people.alice, active=False))
    assert await alice.closed() == 4401


async def test_one_who_asks_while_the_right_goes(
    people: People, alice: Socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer was on its way when the ticket moved: it is asked for again."""
    row = await run_db(make.ticket, people.vera)
    await alice.until_quiet()
    real, asked, moved = agent.granted, asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(viewer: Staff, topics: set[str]) -> set[str]:
        answer = real(viewer, topics)
        if not asked.is_set():
            loop.call_soon_threadsafe(asked.set)
            asyncio.run_coroutine_threadsafe(moved.wait(), loop).result(10)
        return answer

    monkeypatch.setattr(agent, "granted", slow)
    await alice.send("subscribe", topics=[f"ticket:{row.id}"])
    await asked.wait()
    await as_mona(people, lambda mona: transfer(mona, row.id, team_id=people.sales.pk))
    async with await Socket.of_agent(people.charlie) as charlie:
        await charlie.hello()
        await charlie.until_quiet()  # the reader has handed on the transfer
    moved.set()
    assert (await alice.expect("subscribed"))["granted"] == []


async def test_rights_that_cannot_be_known(
    people: People, alice: Socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may have lost something has to come back and ask; the reader goes on."""
    row = await on_screen(people, alice)

    def away(*_: object) -> set[int]:
        raise OperationalError("the connection is closed")

    monkeypatch.setattr(agent, "who_may_hear", away)
    async with Socket.of_visitor(people.inbox, people.vera_token) as vera:
        await vera.hello()
        await as_mona(people, lambda mona: transfer(mona, row.id, team_id=people.sales.pk))
        assert await alice.closed() == 4012
        await vera.until_quiet()


@pytest.mark.parametrize("topic", ["visitor:{vera}", "visitor:{viktor}", "agent:{bob}", "all"])
async def test_topics_that_are_not_hers(people: People, alice: Socket, topic: str) -> None:
    named = topic.format(
        vera=people.vera.identity, viktor=people.viktor.identity, bob=people.bob.pk
    )
    assert await alice.subscribe(named) == {
        "type": "subscribed",
        "granted": [],
        "refused": [named],
    }


async def test_a_visitor_hears_nothing_but_his_own(people: People, vera: Socket) -> None:
    row = await run_db(make.ticket, people.vera)
    strange = [
        *("all", "presence", f"team:{people.support.pk}", f"team:none:{people.inbox.pk}"),
        *(f"ticket:{row.id}", f"agent:{people.alice.pk}", f"visitor:{people.viktor.identity}"),
    ]
    answer = await vera.subscribe(*strange, vera.own_topic)
    assert answer["granted"] == [vera.own_topic]
    await vera.until_quiet()
    other = await run_db(make.ticket, people.viktor)
    await run_db(lambda: make.note(make.viewer(people.alice), row, "between us"))
    await run_db(lambda: make.reply(make.viewer(people.alice), other, "for Viktor"))
    await vera.silent()


async def test_a_note_never_reaches_the_visitor(people: People, vera: Socket) -> None:
    """Not by the socket, not by the replay, not in the row that comes with the next reply."""
    ticket = await vera.start()
    last = next(frame["at"] for frame in vera.heard if "at" in frame)
    (row,) = await run_db(select_rows, "t.public_id = %s", [ticket])
    await run_db(lambda: make.note(make.viewer(people.alice), row, "he is rude"))
    await run_db(lambda: make.reply(make.viewer(people.alice), row, "Of course."))
    await vera.message("Of course.")
    async with Socket.of_visitor(people.inbox, people.vera_token) as back:
        await back.hello(last=last)
        await back.message("Of course.")
        assert "rude" not in str(back.heard)
    assert "rude" not in str(vera.heard)


async def test_users_are_untouched_by_others_changes(people: People, alice: Socket) -> None:
    await on_screen(people, alice)
    data = AgentData(email="bob@example.com", name="Bob Brown", team_ids=[people.sales.pk])
    bob = await run_db(User.objects.get, pk=people.bob.pk)
    await as_mona(people, lambda mona: update_agent(mona, bob, data))
    assert "unsubscribed" not in kinds(await alice.until_quiet())
