"""The same frame fifty times, over sockets and HTTP at once: one row, equal answers."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from helpdesk.realtime.pool import run_db
from tests import make
from tests.people import People
from tests.support.http import post_live
from tests.support.sockets import Frame, Socket
from tickets.models import Contact, Message, Ticket

pytestmark = pytest.mark.django_db(transaction=True)
SOCKETS, EACH = 5, 8


def request(ref: UUID, body: str, **where: Any) -> Frame:
    return {"type": "message.send", "ref": str(ref), "body": body, **where}


async def fifty(people: People, frame: Frame) -> list[Frame]:
    """Forty times over five sockets, ten times over HTTP, all at once; the answers."""

    async def over_a_socket() -> list[Frame]:
        async with Socket.of_visitor(people.inbox, people.vera_token) as socket:
            await socket.hello()
            for _ in range(EACH):
                await socket.send(frame["type"], **{k: v for k, v in frame.items() if k != "type"})
            return [await socket.expect("ack", ref=frame["ref"]) for _ in range(EACH)]

    async def over_http(frames: int) -> list[Frame]:
        status, answer = await post_live(
            f"/live/widget/{people.inbox.public_id}/send",
            {"frames": [frame] * frames},
            token=people.vera_token,
        )
        assert status == 200
        return list(answer["answers"])

    answers = await asyncio.gather(
        *(over_a_socket() for _ in range(SOCKETS)), *(over_http(n) for n in (1, 2, 3, 4))
    )
    return [one for some in answers for one in some]


async def test_the_same_message_fifty_times(people: People) -> None:
    row = await run_db(make.ticket, people.vera)
    ref = uuid4()
    answers = await fifty(people, request(ref, "only once", ticket=str(row.id)))
    assert len(answers) == 50
    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["type"] == "ack"
    assert await run_db(Message.objects.filter(ref=ref).count) == 1


async def test_the_same_start_fifty_times(people: People) -> None:
    ref = uuid4()
    answers = await fifty(people, request(ref, "only once", start={"language": "en"}))
    assert len(answers) == 50
    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["type"] == "ack"
    assert await run_db(Ticket.objects.count) == 1
    assert await run_db(Message.objects.filter(ref=ref).count) == 1


async def test_everybody_hears_it_once(people: People) -> None:
    row = await run_db(make.ticket, people.vera)
    async with await Socket.of_agent(people.alice) as alice:
        await alice.hello()
        await alice.subscribe(f"ticket:{row.id}")
        await fifty(people, request(uuid4(), "only once", ticket=str(row.id)))
        messages = [f["message"] for f in await alice.until_quiet() if "message" in f]
        assert [m["body"] for m in messages if m["kind"] == "reply"] == ["only once"]


async def test_an_agents_ref_gives_a_visitor_nothing(
    people: People, vera: Socket, alice: Socket
) -> None:
    ticket = await vera.start()
    ref = await alice.write("a secret among us", ticket, kind="note")
    note = await alice.expect("ack", ref=str(ref))
    await vera.write("mine", ticket, ref=ref)
    mine = await vera.expect("ack", ref=str(ref))
    assert mine["id"] != note["id"]
    assert (await run_db(Message.objects.get, public_id=mine["id"])).body == "mine"
    assert "secret" not in str(vera.heard)


async def test_another_visitors_ref_gives_nothing(people: People, vera: Socket) -> None:
    ref = uuid4()
    row = await run_db(make.ticket, people.viktor)
    async with Socket.of_visitor(people.inbox, people.viktor_token) as viktor:
        await viktor.hello()
        await viktor.write("his", row.id, ref=ref)
        await viktor.expect("ack")
    await vera.write("probing", row.id, ref=ref)
    assert (await vera.expect("error", ref=str(ref)))["code"] == "not_found"


async def test_a_retry_gets_the_first_result_whatever_happened_since(
    people: People, vera: Socket
) -> None:
    ticket = await vera.start()
    ref = await vera.write("before it closed", ticket)
    first = await vera.expect("ack", ref=str(ref))
    await run_db(lambda: Ticket.objects.update(status="closed"))
    await run_db(lambda: Contact.objects.update(blocked_at="2026-01-01T00:00:00Z"))
    await vera.write("before it closed", ticket, ref=ref)
    assert await vera.expect("ack", ref=str(ref)) == first
