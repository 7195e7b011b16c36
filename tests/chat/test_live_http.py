"""Where sockets are blocked: the same over HTTP, with the same refusals."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.backends.cached_db import SessionStore
from redis import Redis

from chat.models import VisitorToken
from helpdesk.accounts.models import User
from helpdesk.core import clock
from helpdesk.realtime import http, runtime
from helpdesk.realtime.pool import run_db
from helpdesk.realtime.redis import EPOCH, STREAM
from tests import make
from tests.people import People
from tests.support.http import cookies_of, post_live, waiting_poll
from tests.support.sockets import Frame, Socket, sign_in
from tickets.actions.assign import assign, transfer
from tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db(transaction=True)
CONSOLE = "/live/console"


def widget(people: People) -> str:
    return f"/live/widget/{people.inbox.public_id}"


def message(body: str, **where: Any) -> Frame:
    return {"type": "message.send", "ref": str(uuid4()), "body": body, **where}


async def send(people: People, *frames: Frame, **more: Any) -> list[Frame]:
    """Vera's answers."""
    token = more.pop("token", people.vera_token)
    status, answer = await post_live(f"{widget(people)}/send", {"frames": frames}, token=token)
    assert status == 200
    return list(answer["answers"])


async def poll(people: People, last: str | None, **more: Any) -> Frame:
    body = {"last": last, "topics": more.get("topics", [])}
    status, answer = await post_live(f"{widget(people)}/poll", body, token=people.vera_token)
    assert status == 200
    return answer


async def place(people: People) -> str:
    """Where the log is now, by a poll that asks only that."""
    return str((await poll(people, None))["last"])


async def test_a_conversation(people: People) -> None:
    (ack,) = await send(people, message("Hello", start={"language": "en"}))
    assert ack["type"] == "ack"
    browser = await run_db(sign_in, people.alice)
    reply = message("Hi, Vera", ticket=ack["ticket"])
    status, answer = await post_live(
        f"{CONSOLE}/send", {"frames": [reply]}, headers=cookies_of(browser)
    )
    assert (status, answer["answers"][0]["ref"]) == (200, reply["ref"])
    bodies = Message.objects.filter(kind="reply").order_by("seq").values_list("body", flat=True)
    assert await run_db(lambda: list(bodies)) == ["Hello", "Hi, Vera"]


async def test_a_poll_brings_what_was_missed(people: People) -> None:
    last = await place(people)
    (ack,) = await send(people, message("Hello", start={}))
    answer = await poll(people, last)
    bodies = [event["message"]["body"] for event in answer["events"] if "message" in event]
    assert "Hello" in bodies
    assert answer["last"] == answer["events"][-1]["at"]
    assert ack["ticket"] == answer["events"][0]["row"]["id"]


async def test_a_waiting_poll_wakes_on_news(people: People) -> None:
    row = await run_db(make.ticket, people.vera)
    body = {"last": await place(people), "topics": []}
    async with waiting_poll(f"{widget(people)}/poll", body, token=people.vera_token) as waiting:
        async with Socket.of_visitor(people.inbox, people.viktor_token) as viktor:
            await viktor.hello()
            await viktor.until_quiet()
        assert not waiting.task.done()
        await run_db(lambda: make.reply(make.viewer(people.alice), row, "News"))
        _, answer = await waiting.answer()
        assert [event["message"]["body"] for event in answer["events"]] == ["News"]
        assert (await poll(people, body["last"]))["events"] == answer["events"]


async def test_a_poll_without_news_ends(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    assert http.POLL_SECONDS == 25
    monkeypatch.setattr(http, "POLL_SECONDS", 0.05)
    last = await place(people)
    assert await poll(people, last) == {"last": last, "events": []}


async def test_an_agents_poll_does_not_wake_itself(people: People) -> None:
    browser = await run_db(sign_in, people.alice)
    headers = cookies_of(browser)
    _, answer = await post_live(f"{CONSOLE}/poll", {"last": None, "topics": []}, headers=headers)
    polls, last = 0, answer["last"]
    async with await Socket.of_agent(people.bob) as bob:
        await bob.hello()
        while polls < 5:
            body = {"last": last, "topics": []}
            async with waiting_poll(f"{CONSOLE}/poll", body, headers=headers) as waiting:
                for _ in range(3):
                    await bob.until_quiet()
                if not waiting.task.done():
                    break
                last = (await waiting.answer())[1]["last"]
                polls += 1
    assert polls <= 2, "each poll announced her anew"


@pytest.mark.parametrize("stale", ["nonsense", "other.5-0"])
async def test_no_number_of_ours_means_reset(people: People, stale: str) -> None:
    last = await place(people)
    assert await poll(people, stale) == {"last": last, "reset": True}


async def test_a_loss_during_a_poll_means_reset(
    people: People, redis_of_tests: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    await run_db(make.ticket, people.vera)
    body = {"last": await place(people), "topics": []}
    async with waiting_poll(f"{widget(people)}/poll", body, token=people.vera_token) as waiting:
        redis_of_tests.delete(STREAM, EPOCH)
        status, answer = await waiting.answer()
        assert status == 200
        assert answer["reset"] is True
        assert answer["last"] != body["last"]
        monkeypatch.setattr(http, "POLL_SECONDS", 0.05)
        assert await poll(people, answer["last"]) == {"last": answer["last"], "events": []}


async def test_only_granted_topics_are_polled(people: People) -> None:
    browser = await run_db(sign_in, people.alice)
    headers = cookies_of(browser)
    _, first = await post_live(f"{CONSOLE}/poll", {"last": None, "topics": []}, headers=headers)
    row = await run_db(make.ticket, people.vera)
    inbox = await run_db(make.inbox, people.sales)
    foreign = await run_db(lambda: make.ticket(make.visitor(inbox)[0], "not for Alice"))
    topics = [f"ticket:{row.id}", f"ticket:{foreign.id}", f"team:{people.sales.pk}", "all"]
    body = {"last": first["last"], "topics": topics}
    _, answer = await post_live(f"{CONSOLE}/poll", body, headers=headers)
    heard = {(event["type"], event["topic"]) for event in answer["events"]}
    assert {topic for kind, topic in heard if kind != "unsubscribed"} == {topics[0]}
    assert {topic for kind, topic in heard if kind == "unsubscribed"} == set(topics[1:])


async def test_a_right_that_goes_during_a_poll(people: People) -> None:
    browser = await run_db(sign_in, people.alice)
    headers = cookies_of(browser)
    row, viewer = await run_db(make.ticket, people.vera), await run_db(make.viewer, people.alice)
    # Bob's already: her arrival would give it to her at any moment, and say so.
    await run_db(lambda: assign(viewer, row.id, agent_id=people.bob.pk))
    _, first = await post_live(f"{CONSOLE}/poll", {"last": None, "topics": []}, headers=headers)
    body = {"last": first["last"], "topics": [f"ticket:{row.id}"]}
    async with waiting_poll(f"{CONSOLE}/poll", body, headers=headers) as waiting:
        await run_db(lambda: transfer(make.viewer(people.mona), row.id, team_id=people.sales.pk))
        _, answer = await waiting.answer()
    heard = news(answer)
    if not heard:  # that one was woken by her own arrival
        body["last"] = answer["last"]
        _, answer = await post_live(f"{CONSOLE}/poll", body, headers=headers)
        heard = news(answer)
    assert heard == [{"type": "unsubscribed", "topic": f"ticket:{row.id}"}]


def news(answer: Frame) -> list[Frame]:
    return [event for event in answer["events"] if event["type"] != "agent.status"]


@pytest.mark.parametrize("token", [None, "", "forged"])
async def test_a_forged_token(people: People, token: str | None) -> None:
    for door, body in {"poll": {"last": None}, "send": {"frames": []}}.items():
        status, answer = await post_live(f"{widget(people)}/{door}", body, token=token)
        assert (status, answer["error"]["code"]) == (401, "not_signed_in")


async def test_tokens_that_are_good_no_more(people: People) -> None:
    other = await run_db(make.inbox)
    foreign = f"/live/widget/{other.public_id}/send"
    assert (await post_live(foreign, {"frames": []}, token=people.vera_token))[0] == 401
    old = clock.now() - timedelta(days=181)
    await run_db(lambda: VisitorToken.objects.update(last_used_at=old))
    own = f"{widget(people)}/send"
    assert (await post_live(own, {"frames": []}, token=people.vera_token))[0] == 401


async def test_a_cookie_alone_is_not_enough(people: People) -> None:
    """What another site can make a browser send: no header of ours, or a foreign Origin."""
    browser = await run_db(sign_in, people.alice)
    for headers in (
        cookies_of(browser, csrf=None),
        cookies_of(browser, origin="https://evil.example"),
    ):
        for door, body in {"poll": {"last": None}, "send": {"frames": []}}.items():
            status, answer = await post_live(f"{CONSOLE}/{door}", body, headers=headers)
            assert (status, answer["error"]["code"]) == (403, "not_allowed")


async def test_signed_out(people: People) -> None:
    browser = await run_db(sign_in, people.alice)
    headers = cookies_of(browser)
    await run_db(browser.logout)
    browser.cookies.clear()
    status, answer = await post_live(f"{CONSOLE}/poll", {"last": None}, headers=headers)
    assert (status, answer["error"]["code"]) == (401, "not_signed_in")


async def test_signing_out_ends_a_waiting_poll(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "HEARTBEAT", 0.3)
    browser = await run_db(sign_in, people.alice)
    headers = cookies_of(browser)
    _, first = await post_live(f"{CONSOLE}/poll", {"last": None}, headers=headers)
    key = browser.cookies["sessionid"].value
    last, status = first["last"], 200
    await run_db(SessionStore(key).flush)
    while status == 200:
        status, answer = await post_live(f"{CONSOLE}/poll", {"last": last}, headers=headers)
        last = answer.get("last")
    assert status == 401


BAD_BODIES = [b"", b"{", b"[]", b'{"frames":"x"}', b'{"frames":[5]}', b'{"topics":[1]}', b"\xff"]


@pytest.mark.parametrize("body", BAD_BODIES)
async def test_a_body_that_is_none(people: People, body: bytes) -> None:
    status, answer = await post_live(f"{widget(people)}/send", body, token=people.vera_token)
    assert (status, answer["error"]["code"]) == (400, "invalid")


async def test_too_much_at_once(people: People) -> None:
    path = f"{widget(people)}/send"
    many = {"frames": [{"type": "ping"}] * 21}
    assert (await post_live(path, many, token=people.vera_token))[0] == 400
    large = {"frames": [{"type": "ping", "more": "x" * 200_000}]}
    status, answer = await post_live(path, large, token=people.vera_token)
    assert (status, answer["error"]["code"]) == (413, "too_long")


async def test_bad_frames_get_their_codes(people: People) -> None:
    row = await run_db(make.ticket, people.viktor)
    other = message("let me in", ticket=str(row.id))
    long = message("x" * 10_001, start={})
    note = message("x", ticket=str(row.id), kind="note")
    answers = await send(people, {"type": "nonsense"}, other, long, note, {"type": "status"})
    codes = {answer["ref"]: answer["code"] for answer in answers}
    assert codes == {
        None: "invalid",
        other["ref"]: "not_found",
        long["ref"]: "too_long",
        note["ref"]: "not_allowed",
    }


async def test_every_message_gets_its_own_answer(people: People) -> None:
    """Refusals without a ref, and frames that nobody answers, do not stand in for an ack."""
    (started,) = await send(people, message("Hello", start={}))
    ticket = started["ticket"]
    frames = [{"type": "read", "ticket": str(uuid4()), "seq": 1}] * 3
    first, second = message("one", ticket=ticket), message("two", ticket=ticket)
    answers = await send(people, first, *frames, second, {"type": "ping"})
    refs = {answer["ref"] for answer in answers if answer["type"] == "ack"}
    assert refs == {first["ref"], second["ref"]}
    assert [answer["code"] for answer in answers if answer["type"] == "error"] == ["not_found"] * 3


async def test_a_flood(people: People) -> None:
    (ack,) = await send(people, message("Hello", start={}))
    flood = [message(f"flood {n}", ticket=ack["ticket"]) for n in range(20)]
    answers = await send(people, *flood)
    codes = [answer.get("code", "ack") for answer in answers]
    assert sorted(codes) == ["ack"] * 19 + ["too_many"]
    assert (await run_db(Ticket.objects.get)).inbound_count == 20


async def test_who_sends_leaves_nothing_behind(people: People) -> None:
    """A subscription outlives no request."""
    live = await runtime.get_runtime()
    row = await run_db(make.ticket, people.vera)
    browser = await run_db(sign_in, people.alice)
    frames = [{"type": "subscribe", "topics": [f"ticket:{row.id}"]}, {"type": "ping"}]
    await post_live(f"{CONSOLE}/send", {"frames": frames}, headers=cookies_of(browser))
    assert not live.hub.hearers(f"ticket:{row.id}")
    assert not live.hub.subscribers


async def test_a_client_that_hangs_up_leaves_nothing_behind(people: People) -> None:
    live = await runtime.get_runtime()
    body = {"last": await place(people), "topics": []}
    async with waiting_poll(f"{widget(people)}/poll", body, token=people.vera_token):
        pass
    assert not live.hub.subscribers
    assert not live.sessions


@pytest.mark.parametrize("path", ["/live/", "/live/console/", "/live/widget/x/poll"])
async def test_a_door_that_is_none(people: People, path: str) -> None:
    assert (await post_live(path, {}))[0] == 404


async def test_who_is_let_go_polls_no_more(people: People) -> None:
    browser = await run_db(sign_in, people.alice)
    await run_db(lambda: User.objects.filter(pk=people.alice.pk).update(is_active=False))
    headers = cookies_of(browser)
    assert (await post_live(f"{CONSOLE}/poll", {"last": None}, headers=headers))[0] == 401
