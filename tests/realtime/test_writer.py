"""Group commit: batches, retries, and whose fault it was."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection

from helpdesk.core.errors import Busy, DomainError, Invalid
from helpdesk.realtime import writer as module
from helpdesk.realtime.pool import run_db
from helpdesk.realtime.writer import GroupWriter
from tests import make
from tests.people import People
from tests.support.sockets import Socket
from tickets.actions import batch
from tickets.models import Message

Outcome = str | DomainError
Write = Callable[[Sequence[str]], list[Outcome | None]]


def well(items: Sequence[str]) -> list[Outcome | None]:
    return [f"{item} is written" for item in items]


async def submitted(write: Write, *items: str) -> dict[str, Outcome]:
    """What becomes of each item, when all of them wait while the first batch is written."""
    begun, gate = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    outcomes: dict[str, Outcome] = {}
    done = asyncio.Event()

    def gated(batch: Sequence[str]) -> list[Outcome | None]:
        if batch == ["first"]:
            loop.call_soon_threadsafe(begun.set)
            asyncio.run_coroutine_threadsafe(gate.wait(), loop).result(10)
            return well(batch)
        return write(batch)

    def tell(item: str, outcome: Outcome) -> None:
        outcomes[item] = outcome
        if len(outcomes) == len(items) + 1:
            done.set()

    writer: GroupWriter[str, Outcome] = GroupWriter(gated, lambda: None)  # type: ignore[arg-type]
    writer.submit("first", lambda outcome: tell("first", outcome))
    await begun.wait()
    for item in items:
        writer.submit(item, lambda outcome, item=item: tell(item, outcome))
    gate.set()
    await asyncio.wait_for(done.wait(), 10)
    return outcomes


async def test_what_waits_is_written_together() -> None:
    batches = []

    def write(items: Sequence[str]) -> list[Outcome | None]:
        batches.append(list(items))
        return well(items)

    outcomes = await submitted(write, "a", "b", "c")
    assert outcomes["b"] == "b is written"
    assert batches == [["a", "b", "c"]]


async def test_a_refusal_is_one_items_own() -> None:
    def write(items: Sequence[str]) -> list[Outcome | None]:
        return [Invalid() if item == "b" else f"{item} is written" for item in items]

    outcomes = await submitted(write, "a", "b", "c")
    assert isinstance(outcomes.pop("b"), Invalid)
    assert set(outcomes.values()) == {"first is written", "a is written", "c is written"}


async def test_only_the_culprit_gets_an_error() -> None:
    def write(items: Sequence[str]) -> list[Outcome | None]:
        if "b" in items:
            raise IntegrityError("b is bad")
        return well(items)

    outcomes = await submitted(write, "a", "b", "c")
    assert isinstance(outcomes.pop("b"), Busy)
    assert set(outcomes.values()) == {"first is written", "a is written", "c is written"}


@pytest.mark.django_db(transaction=True)
async def test_a_lost_connection_is_the_same_batch_again() -> None:
    tries: list[list[str]] = []

    def write(items: Sequence[str]) -> list[Outcome | None]:
        tries.append(list(items))
        if len(tries) < 3:
            raise OperationalError("server closed the connection unexpectedly")
        return well(items)

    assert (await submitted(write, "a"))["a"] == "a is written"
    assert tries == [["a"]] * 3


@pytest.mark.django_db(transaction=True)
async def test_a_database_that_stays_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DATABASE_AWAY_SECONDS", 0.0)

    def write(items: Sequence[str]) -> list[Outcome | None]:
        raise OperationalError("connection refused")

    assert isinstance((await submitted(write, "a"))["a"], Busy)


async def test_a_held_ticket_is_tried_again_in_order() -> None:
    tries: list[list[str]] = []

    def write(items: Sequence[str]) -> list[Outcome | None]:
        tries.append(list(items))
        return [None] * len(items) if len(tries) < 3 else well(items)

    outcomes = await submitted(write, "a", "b")
    assert outcomes["a"] == "a is written"
    assert tries == [["a", "b"]] * 3


async def test_a_ticket_held_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HELD_SECONDS", 0.05)
    outcomes = await submitted(lambda items: [None] * len(items), "a")
    assert isinstance(outcomes["a"], Busy)


async def test_a_loop_that_has_ended_hurts_nobody() -> None:
    writer: GroupWriter[str, str] = GroupWriter(well, lambda: None)  # type: ignore[arg-type]

    async def leave() -> None:
        for n in range(20):
            writer.submit(str(n), lambda _outcome: None)

    await asyncio.to_thread(asyncio.run, leave())
    heard: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    writer.submit("still there", heard.set_result)
    assert await asyncio.wait_for(heard, 10) == "still there is written"


@pytest.mark.django_db(transaction=True)
async def test_one_bad_message_in_a_real_batch(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL itself refuses it: the others of the batch are kept and acknowledged."""
    real = batch.post_batch

    def poisoned(posts: Sequence[Any], **more: Any) -> Any:
        for post in posts:
            if post.body == "poison":
                post.body = "nul \x00"
        return real(posts, **more)

    monkeypatch.setattr(batch, "post_batch", poisoned)
    row, other = await run_db(lambda: (make.ticket(people.vera), make.ticket(people.viktor)))
    async with (
        Socket.of_visitor(people.inbox, people.vera_token) as vera,
        Socket.of_visitor(people.inbox, people.viktor_token) as viktor,
    ):
        await vera.hello()
        await viktor.hello()
        before = await vera.write("before", row.id)
        bad = await vera.write("poison", row.id)
        after = await vera.write("after", row.id)
        his = await viktor.write("his", other.id)
        await vera.expect("ack", ref=str(before))
        assert (await vera.expect("error", ref=str(bad)))["code"] == "busy"
        await vera.expect("ack", ref=str(after))
        await viktor.expect("ack", ref=str(his))
    assert await run_db(Message.objects.filter(kind="reply").count) == 5


def leave_autocommit_off() -> None:
    """As an exception in the very end of a transaction does."""
    connection.set_autocommit(False)
    raise ValueError("nobody foresaw this")


@pytest.mark.django_db(transaction=True)
async def test_after_a_fault_what_is_acknowledged_is_committed() -> None:
    def write(items: Sequence[str]) -> list[Outcome | None]:
        if "fault" in items:
            leave_autocommit_off()
        return [str(connection.get_autocommit()) for _ in items]

    outcomes = await submitted(write, "a", "fault", "b")
    assert isinstance(outcomes["fault"], Busy)
    assert (outcomes["a"], outcomes["b"]) == ("True", "True")


@pytest.mark.django_db(transaction=True)
async def test_a_fault_in_tidying_leaves_nothing_uncommitted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "REST_AFTER_SECONDS", 0.01)
    rested = asyncio.Event()
    loop = asyncio.get_running_loop()

    def idle() -> None:
        loop.call_soon_threadsafe(rested.set)
        leave_autocommit_off()

    def write(items: Sequence[str]) -> list[Outcome | None]:
        return [str(connection.get_autocommit()) for _ in items]

    writer: GroupWriter[str, Outcome] = GroupWriter(write, idle)
    for _ in range(2):
        heard: asyncio.Future[Any] = loop.create_future()
        writer.submit("a", heard.set_result)
        assert await asyncio.wait_for(heard, 10) == "True"
        await asyncio.wait_for(rested.wait(), 10)
