"""Nonsense gets the documented code and a line in the log; nobody else notices."""

import json
from uuid import uuid4

import pytest

from helpdesk.realtime import session
from helpdesk.realtime.pool import run_db
from helpdesk.realtime.session import FLOOD_FRAMES
from tests import make
from tests.people import People
from tests.support.sockets import Socket
from tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db(transaction=True)
LIMIT = 64 * 1024

BAD = {
    "no JSON": "{",
    "empty": "",
    "a number": "5",
    "a list": "[]",
    "null": "null",
    "no type": "{}",
    "an unknown type": '{"type":"message.destroy"}',
    "a type of another kind": '{"type":{"$ne":""}}',
    "no ref": '{"type":"message.send","ticket":"x","body":"x"}',
    "a ref that is none": '{"type":"message.send","ref":"1","body":"x"}',
    "a ticket that is none": '{"type":"read","ticket":"1","seq":1}',
    "a seq below nothing": json.dumps({"type": "read", "ticket": str(uuid4()), "seq": -1}),
    "a lone surrogate": '{"type":"page","url":"\\ud800"}',
    "a page too long": json.dumps({"type": "page", "url": "x" * 2001}),
    "too many topics": json.dumps({"type": "subscribe", "topics": ["all"] * 201}),
    "a topic too long": json.dumps({"type": "subscribe", "topics": ["x" * 81]}),
    "deeply nested": '{"type":' + "[" * 2000 + "]" * 2000 + "}",
    "NaN": '{"type":"read","ticket":NaN}',
}


@pytest.mark.parametrize("text", BAD.values(), ids=list(BAD))
async def test_a_bad_frame(
    people: People, vera: Socket, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    await vera.send_text(text)
    error = await vera.expect("error")
    assert error["code"] == "invalid"
    assert "socket.bad_frame" in caplog.text
    await vera.start("still here")


async def test_a_binary_frame(people: People, vera: Socket) -> None:
    await vera.send_bytes(b"\x00\xff")
    assert (await vera.expect("error"))["code"] == "invalid"
    await vera.start("still here")


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"type": "ping", "more": "x" * LIMIT}),
        json.dumps({"type": "ping", "more": "😀" * (LIMIT // 4)}, ensure_ascii=False),
    ],
    ids=["characters", "bytes"],
)
async def test_an_oversized_frame(people: People, vera: Socket, text: str) -> None:
    await vera.send_text(text)
    assert (await vera.expect("error"))["code"] == "too_long"
    await vera.start("still here")


async def test_a_frame_of_just_that_size(people: People, vera: Socket) -> None:
    empty = json.dumps({"type": "ping", "more": ""})
    await vera.send_text(json.dumps({"type": "ping", "more": "x" * (LIMIT - len(empty))}))
    await vera.expect("pong")


async def test_five_in_a_minute_end_it(people: People, vera: Socket) -> None:
    async with Socket.of_visitor(people.inbox, people.viktor_token) as viktor:
        await viktor.hello()
        for _ in range(4):
            await vera.send_text("{")
            await vera.expect("error")
        await vera.send("ping")
        await vera.expect("pong")
        await vera.send_bytes(b"")
        assert await vera.closed() == 4400
        await viktor.start("nobody else notices")


async def test_a_flood_of_frames(people: People, vera: Socket) -> None:
    async with Socket.of_visitor(people.inbox, people.viktor_token) as viktor:
        await viktor.hello()
        for _ in range(FLOOD_FRAMES + 1):
            await vera.send("ping")
        assert await vera.closed() == 4429
        await viktor.start("nobody else notices")


async def test_whoever_confirms_nothing_is_cut_off(
    people: People, vera: Socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "UNCONFIRMED_LIMIT", 10)
    async with Socket.of_visitor(people.inbox, people.viktor_token) as viktor:
        await viktor.hello()
        other = await run_db(make.ticket, people.viktor)
        row = await run_db(make.ticket, people.vera)
        for n in range(12):
            await run_db(lambda n=n: make.reply(make.viewer(people.alice), row, f"news {n}"))
        assert await vera.closed() == 4408
        await run_db(lambda: make.reply(make.viewer(people.alice), other, "for Viktor"))
        await viktor.message("for Viktor")


async def test_whoever_confirms_stays(
    people: People, vera: Socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "UNCONFIRMED_LIMIT", 10)
    row = await run_db(make.ticket, people.vera)
    for n in range(25):
        await run_db(lambda n=n: make.reply(make.viewer(people.alice), row, f"news {n}"))
        at = (await vera.message(f"news {n}"))["at"]
        await vera.send("ping", seen=at)
        assert (await vera.expect("pong"))["last"] == at


async def test_pings_confirm_only_what_is_ours(people: People, vera: Socket) -> None:
    for seen in ("", "x", "other.5-0", "5-0", None):
        await vera.send("ping", seen=seen)
        assert (await vera.expect("pong"))["last"] is None


MARKUP = '<img src=x onerror=alert(1)> & "quotes"'


async def test_markup_stays_text(people: People, vera: Socket, alice: Socket) -> None:
    await alice.subscribe(f"team:{people.support.pk}")
    page = {"url": "javascript:alert(1)", "title": MARKUP, "referrer": MARKUP}
    body = f"{MARKUP} https://lamp.example/?a=<b>"
    await vera.write(body, start={"name": MARKUP, "page": page})
    message = (await alice.message(body))["message"]
    assert message["body"] == body
    assert message["author"]["name"] == MARKUP
    assert "<img" not in message["html"]
    assert message["html"].count("<a ") == 1
    ticket = await run_db(Ticket.objects.get)
    assert ticket.visit["title"] == MARKUP
    started = await run_db(Message.objects.get, event="started")
    assert started.data["page"] == MARKUP


async def test_a_failing_frame_ends_nothing(
    people: People, vera: Socket, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from chat.consumers import visitor

    ticket = await vera.start()

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(visitor, "mark_seen", broken)
    await vera.send("read", ticket=ticket, seq=1)
    assert (await vera.expect("error"))["code"] == "busy"
    assert "session.frame_failed" in caplog.text
    await vera.write("still here", ticket)
    await vera.expect("ack")
