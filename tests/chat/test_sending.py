"""What may be written, where, by whom; and what is acknowledged is kept."""

from uuid import UUID, uuid4

import pytest
from pytest_django import Settings

from helpdesk.core import clock
from helpdesk.realtime.pool import run_db
from tests import make
from tests.people import People
from tests.support.sockets import Socket
from tickets.actions.solve import solve
from tickets.models import Contact, Message, Ticket

pytestmark = pytest.mark.django_db(transaction=True)
LONG = 10_000


async def refusal(socket: Socket, body: str, ticket: UUID | None, **fields: object) -> str:
    """The code that answers a message; its ref comes back with it."""
    ref = await socket.write(body, ticket, **fields)
    return str((await socket.expect("error", ref=str(ref)))["code"])


async def test_an_ack_means_that_it_is_kept(people: People, vera: Socket) -> None:
    ticket = await vera.start()
    ref = await vera.write("Kept", ticket)
    ack = await vera.expect("ack", ref=str(ref))
    message = await run_db(Message.objects.get, ref=ref)
    assert ack["ticket"] == str(ticket)
    assert ack["id"] == str(message.public_id)
    assert ack["seq"] == message.seq
    assert ack["created_at"] == clock.wire(message.created_at)


async def test_many_at_once_stay_in_order(people: People, vera: Socket) -> None:
    ticket = await vera.start()
    sent = [f"message {n}" for n in range(15)]
    refs = [str(await vera.write(body, ticket)) for body in sent]
    acked = [(await vera.expect("ack"))["ref"] for _ in refs]
    assert acked == refs
    rows = Message.objects.filter(kind="reply", body__startswith="message").order_by("seq")
    assert await run_db(lambda: list(rows.values_list("body", flat=True))) == sent


async def test_the_longest_message(people: People, vera: Socket) -> None:
    ticket = await vera.start()
    ref = await vera.write("ı" * LONG, ticket)
    await vera.expect("ack", ref=str(ref))
    assert len((await run_db(Message.objects.get, ref=ref)).body) == LONG


async def test_one_character_more(people: People, vera: Socket) -> None:
    ticket = await vera.start()
    assert await refusal(vera, "ı" * (LONG + 1), ticket) == "too_long"
    assert await refusal(vera, "ı" * (LONG + 1), None) == "too_long"


@pytest.mark.parametrize("body", ["", "   \n", "\u200b\u2060", "\x00\x01"])
async def test_nothing_to_say(people: People, vera: Socket, body: str) -> None:
    assert await refusal(vera, body, await vera.start()) == "invalid"


async def test_a_ticket_that_is_none(people: People, vera: Socket, alice: Socket) -> None:
    assert await refusal(vera, "hello?", uuid4()) == "not_found"
    assert await refusal(alice, "hello?", uuid4()) == "not_found"


async def test_another_visitors_ticket(people: People, vera: Socket) -> None:
    row = await run_db(make.ticket, people.viktor)
    assert await refusal(vera, "let me in", row.id) == "not_found"
    await vera.send("typing", ticket=row.id, on=True)
    assert (await vera.expect("error"))["code"] == "not_found"
    await vera.send("read", ticket=row.id, seq=1)
    assert (await vera.expect("error"))["code"] == "not_found"


async def test_another_teams_ticket(people: People, alice: Socket) -> None:
    inbox = await run_db(make.inbox, people.sales)
    row = await run_db(lambda: make.ticket(make.visitor(inbox)[0]))
    assert await refusal(alice, "hello", row.id) == "not_found"
    for kind, fields in {"typing": {}, "read": {"seq": 1}, "viewing": {}}.items():
        await alice.send(kind, ticket=row.id, **fields)
        assert (await alice.expect("error"))["code"] == "not_found"


async def test_a_visitor_writes_no_notes(people: People, vera: Socket) -> None:
    assert await refusal(vera, "a note", await vera.start(), kind="note") == "not_allowed"


async def test_a_visitor_does_what_agents_do(people: People, vera: Socket) -> None:
    for kind, fields in {"viewing": {}, "status": {"availability": "online"}}.items():
        await vera.send(kind, **fields)
        assert (await vera.expect("error"))["code"] == "not_allowed"


async def test_an_agent_does_what_visitors_do(people: People, alice: Socket) -> None:
    await alice.send("page", url="https://x.example")
    assert (await alice.expect("error"))["code"] == "not_allowed"
    assert await refusal(alice, "I start", None) == "invalid"


async def test_a_blocked_contact(people: People, vera: Socket) -> None:
    ticket = await vera.start()
    await run_db(lambda: Contact.objects.update(blocked_at=clock.now()))
    assert await refusal(vera, "again", ticket) == "not_allowed"
    assert await refusal(vera, "anew", None) == "not_allowed"


async def test_a_closed_ticket(people: People, vera: Socket, alice: Socket) -> None:
    ticket = await vera.start()
    await run_db(lambda: Ticket.objects.update(status="closed"))
    assert await refusal(vera, "one more thing", ticket) == "closed"
    assert await refusal(alice, "one more thing", ticket) == "closed"
    ref = await alice.write("for the record", ticket, kind="note")
    await alice.expect("ack", ref=str(ref))


async def test_a_solved_ticket_opens_again(people: People, vera: Socket) -> None:
    ticket = await vera.start()
    await run_db(lambda: solve(make.viewer(people.mona), ticket))
    await vera.write("It is broken again.", ticket)
    await vera.expect("ack")
    assert (await run_db(Ticket.objects.get)).status == "open"


async def test_a_newer_message_asks_for_a_look(people: People, vera: Socket, alice: Socket) -> None:
    ticket = await vera.start()
    ack = await _say(vera, "wait, there is more", ticket)
    ref = await alice.write("answer to the first", ticket, seen_seq=ack["seq"] - 1)
    error = await alice.expect("error", ref=str(ref))
    assert (error["code"], error["seq"]) == ("newer_exists", ack["seq"])
    ref = await alice.write("answer to both", ticket, seen_seq=error["seq"])
    await alice.expect("ack", ref=str(ref))


async def _say(socket: Socket, body: str, ticket: UUID) -> dict[str, object]:
    ref = await socket.write(body, ticket)
    return await socket.expect("ack", ref=str(ref))


async def test_twenty_messages_in_ten_seconds(
    people: People, vera: Socket, settings: Settings
) -> None:
    limit = settings.ENV.visitor_messages_per_10s
    ticket = await vera.start()
    refs = [await vera.write(f"flood {n}", ticket) for n in range(limit + 5)]
    codes = []
    for _ in refs:
        frame = await vera.next()
        while frame["type"] not in {"ack", "error"}:
            frame = await vera.next()
        codes.append(frame.get("code", "ack"))
    assert sorted(codes) == ["ack"] * (limit - 1) + ["too_many"] * 6
    # What was acknowledged may be asked for again, limit or not.
    again = await vera.write("flood 0", ticket, ref=refs[0])
    await vera.expect("ack", ref=str(again))


async def test_all_his_sockets_share_the_limit(people: People, vera: Socket) -> None:
    ticket = await vera.start()
    async with Socket.of_visitor(people.inbox, people.vera_token) as other:
        await other.hello()
        for n in range(19):
            await other.write(f"flood {n}", ticket)
        assert await refusal(vera, "one more", ticket) == "too_many"


async def test_a_name_and_an_address_are_kept_once(people: People, vera: Socket) -> None:
    fields = {"language": "tr", "name": "Vera  Vank", "email": "Vera@Example.com "}
    await vera.write("Merhaba", start=fields)
    await vera.expect("ack")
    await vera.write("Merhaba", start={"name": "Somebody else", "email": "other@example.com"})
    await vera.expect("ack")
    contact = await run_db(Contact.objects.get, pk=people.vera.contact_id)
    assert (contact.name, contact.email) == ("Vera Vank", "vera@example.com")


async def test_a_refused_beginning_is_mended_and_sent_again(people: People, vera: Socket) -> None:
    ref = await vera.write("Hi", start={"email": "nobody", "language": "en"})
    assert (await vera.expect("error", ref=str(ref)))["field"] == "email"
    await vera.write("Hi", ref=ref, start={"email": "vera@example.com", "language": "en"})
    await vera.expect("ack", ref=str(ref))


@pytest.mark.parametrize("email", ["nonsense", "a@b", "\x00@example.com", "x@y.example\nz"])
async def test_an_address_that_is_none(people: People, vera: Socket, email: str) -> None:
    assert await refusal(vera, "Hi", None, start={"email": email}) == "invalid"
    assert not await run_db(Ticket.objects.exists)


async def test_unseen_characters_end_nothing(people: People, vera: Socket) -> None:
    page = {"url": "http://x/\x00", "title": "\x00\u202e", "referrer": 5, "other": {"a": []}}
    fields = {"language": "tr", "name": "\x00 V\u202eera", "page": page}
    await vera.write("a\x00b", start=fields)
    ack = await vera.expect("ack")
    assert (await run_db(Message.objects.get, public_id=ack["id"])).body == "ab"


@pytest.mark.parametrize("language", ["\x00", "<b>", "x" * 9])
async def test_a_language_that_is_none(people: People, vera: Socket, language: str) -> None:
    await vera.write("Hi", start={"language": language})
    assert (await vera.expect("error"))["code"] == "invalid"
    await vera.start("still here")
