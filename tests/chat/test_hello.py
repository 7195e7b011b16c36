"""Who gets in, and with which code everybody else is sent away."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.cached_db import SessionStore
from pytest_django import Settings

from chat.models import VisitorToken
from helpdesk.accounts.models import User
from helpdesk.core import clock
from helpdesk.realtime import consumer, runtime
from helpdesk.realtime.pool import run_db
from tests import make
from tests.people import People
from tests.support.sockets import Socket, session_of
from tickets.models import Inbox

pytestmark = pytest.mark.django_db(transaction=True)


async def refused(socket: Socket, **fields: object) -> int:
    async with socket:
        await socket.send("hello", **({"v": 1} | fields))
        return await socket.closed()


async def test_a_visitor_is_welcomed(people: People) -> None:
    async with Socket.of_visitor(people.inbox, people.vera_token) as socket:
        welcome = await socket.hello()
    assert welcome["v"] == 1
    assert welcome["heartbeat_s"] == runtime.HEARTBEAT
    assert welcome["me"]["id"] == str(people.vera.identity)
    assert welcome["me"]["kind"] == "visitor"


async def test_an_agent_is_welcomed(people: People) -> None:
    async with await Socket.of_agent(people.alice) as socket:
        welcome = await socket.hello()
    assert welcome["me"] == {"id": people.alice.pk, "name": "Alice Adams", "kind": "agent"}


@pytest.mark.parametrize("token", ["", "forged", "x" * 200])
async def test_a_forged_token(people: People, token: str) -> None:
    assert await refused(Socket.of_visitor(people.inbox, token), token=token) == 4401


async def test_a_token_of_another_inbox(people: People) -> None:
    other = await run_db(make.inbox)
    socket = Socket.of_visitor(other, people.vera_token)
    assert await refused(socket, token=people.vera_token) == 4401


@pytest.mark.parametrize(("days", "welcome"), [(179, True), (181, False)])
async def test_a_token_lives_180_days_after_its_last_use(
    people: People, days: int, welcome: bool
) -> None:
    used = clock.now() - timedelta(days=days)
    await run_db(lambda: VisitorToken.objects.update(last_used_at=used))
    if not welcome:
        socket = Socket.of_visitor(people.inbox, people.vera_token)
        assert await refused(socket, token=people.vera_token) == 4401
        return
    async with Socket.of_visitor(people.inbox, people.vera_token) as socket:
        await socket.hello()
    token = await run_db(VisitorToken.objects.get, identity_id=people.vera.identity_id)
    assert clock.now() - token.last_used_at < timedelta(minutes=1)


async def test_a_revoked_token(people: People) -> None:
    await run_db(lambda: VisitorToken.objects.update(revoked_at=clock.now()))
    socket = Socket.of_visitor(people.inbox, people.vera_token)
    assert await refused(socket, token=people.vera_token) == 4401


async def test_an_inbox_that_was_switched_off(people: People) -> None:
    await run_db(lambda: Inbox.objects.update(is_active=False))
    socket = Socket.of_visitor(people.inbox, people.vera_token)
    assert await refused(socket, token=people.vera_token) == 4401


@pytest.mark.parametrize("key", ["", "forged"])
async def test_no_session(people: People, key: str) -> None:
    assert await refused(Socket.of_session(key)) == 4401


async def test_a_visitors_token_is_no_agents(people: People) -> None:
    assert await refused(Socket.of_session(""), token=people.vera_token) == 4401


async def test_an_agent_who_may_not_sign_in_any_more(people: People) -> None:
    key = await run_db(session_of, people.alice)
    await run_db(lambda: User.objects.filter(pk=people.alice.pk).update(is_active=False))
    assert await refused(Socket.of_session(key)) == 4401


async def test_another_protocol_version(people: People) -> None:
    socket = Socket.of_visitor(people.inbox, people.vera_token)
    assert await refused(socket, token=people.vera_token, v=2) == 4406


async def test_something_else_than_hello(people: People) -> None:
    async with Socket.of_visitor(people.inbox, people.vera_token) as socket:
        await socket.write("before a hello")
        assert await socket.closed() == 4401


async def test_no_hello_at_all(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    assert consumer.HELLO_SECONDS == 10
    monkeypatch.setattr(consumer, "HELLO_SECONDS", 0.05)
    async with Socket.of_visitor(people.inbox, people.vera_token) as socket:
        assert await socket.closed() == 4401


async def test_hello_twice_is_a_bad_frame(vera: Socket) -> None:
    await vera.send("hello", v=1)
    assert (await vera.expect("error"))["code"] == "invalid"


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://localhost.evil.example", "null", ""]
)
async def test_a_foreign_origin_does_not_get_through_the_door(people: People, origin: str) -> None:
    async with Socket.of_visitor(people.inbox, people.vera_token, origin=origin) as socket:
        assert not socket.accepted


@pytest.mark.parametrize("path", ["/ws/", "/ws/widget/no-uuid/", "/ws/console/x/", "/other"])
async def test_a_door_that_is_none(people: People, path: str) -> None:
    async with Socket(path) as socket:
        assert not socket.accepted


async def test_ten_sockets_a_visitor(people: People, settings: Settings) -> None:
    assert settings.ENV.visitor_sockets == 10
    sockets = [Socket.of_visitor(people.inbox, people.vera_token) for _ in range(40)]
    try:
        for socket in sockets:
            await socket.__aenter__()
        for socket in sockets[:10]:
            await socket.hello()
        for socket in sockets[10:]:
            await socket.send("hello", v=1, token=people.vera_token)
            assert await socket.closed() == 4429
        async with Socket.of_visitor(people.inbox, people.viktor_token) as other:
            await other.hello()
        for socket in sockets[:10]:
            await socket.silent()
    finally:
        for socket in sockets:
            await socket.__aexit__()
    async with Socket.of_visitor(people.inbox, people.vera_token) as again:
        await again.hello()


async def test_signing_out_closes_within_a_heartbeat(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "HEARTBEAT", 0.1)
    key = await run_db(session_of, people.alice)
    other = await run_db(session_of, people.bob)
    async with Socket.of_session(key) as alice, Socket.of_session(other) as bob:
        await alice.hello()
        await bob.hello()
        await run_db(SessionStore(key).flush)
        assert await alice.closed() == 4401
        monkeypatch.setattr(runtime, "HEARTBEAT", 25)
        await bob.until_quiet()


async def test_a_new_password_closes_the_old_sessions(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "HEARTBEAT", 0.1)
    async with await Socket.of_agent(people.alice) as alice:
        await alice.hello()

        def change() -> None:
            user = User.objects.get(pk=people.alice.pk)
            user.set_password("another horse battery")
            user.save()

        await run_db(change)
        assert await alice.closed() == 4401


async def test_a_token_revoked_during_a_visit(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "HEARTBEAT", 0.1)
    async with Socket.of_visitor(people.inbox, people.viktor_token) as viktor:
        await viktor.hello()
        tokens = VisitorToken.objects.filter(identity_id=people.viktor.identity_id)
        await run_db(lambda: tokens.update(revoked_at=clock.now()))
        assert await viktor.closed() == 4401


async def test_a_silent_socket_is_given_up(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "HEARTBEAT", 0.05)
    async with Socket.of_visitor(people.inbox, people.vera_token) as socket:
        await socket.hello()
        assert await socket.closed() == 4408
