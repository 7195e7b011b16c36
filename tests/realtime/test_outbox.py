"""From commit to stream: late or twice, never not at all."""

import asyncio
import json
import subprocess
import sys
from uuid import uuid4

import pytest
from django.db import transaction

from helpdesk.devstack.state import REPOSITORY
from helpdesk.realtime import outbox
from helpdesk.realtime.entry import Entry
from helpdesk.realtime.models import LiveOutbox
from helpdesk.realtime.pool import run_db
from tests import make
from tests.people import People
from tests.support.servers import environment
from tests.support.sockets import Socket, until
from tests.support.valkey import Log
from tickets.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
KILLED = """
import json, os, sys, django
django.setup()
from helpdesk.realtime import outbox
outbox.send = lambda entries: os._exit(9)
from tests import make
from helpdesk.accounts.models import User
from tickets.queries.rows import select_rows
told = json.load(sys.stdin)
(row,) = select_rows("t.public_id = %s", [told["ticket"]])
make.reply(make.viewer(User.objects.get(pk=told["agent"])), row, "committed, never sent")
"""


def nothing_waits() -> bool:
    return not LiveOutbox.objects.exists()


def entry(n: int = 1) -> Entry:
    return Entry(("all",), staff=f'{{"type":"test.said","n":{n}}}')


async def test_killed_between_commit_and_send_the_relay_brings_it(people: People) -> None:
    row = await run_db(make.ticket, people.vera)
    told = json.dumps({"ticket": str(row.id), "agent": people.alice.pk})
    async with Socket.of_visitor(people.inbox, people.vera_token) as vera:
        await vera.hello()
        done = await asyncio.to_thread(
            lambda: subprocess.run(
                [sys.executable, "-c", KILLED],
                input=told.encode(),
                env=environment(),
                cwd=REPOSITORY,
                check=False,
            )
        )
        assert done.returncode == 9
        assert await run_db(LiveOutbox.objects.count) == 1
        await vera.message("committed, never sent")
        await vera.silent()
        await until(lambda: run_db(nothing_waits))


async def test_redis_is_down_when_a_message_is_acknowledged(log: Log, people: People) -> None:
    row = await run_db(make.ticket, people.vera)
    async with Socket.of_visitor(people.inbox, people.vera_token) as vera:
        await vera.hello()
        saved = await asyncio.to_thread(log.save)
        log.server.stop()
        await vera.write("while it was down", row.id)
        ack = await vera.expect("ack")
        assert await run_db(Message.objects.filter(public_id=ack["id"]).exists)
        assert await run_db(LiveOutbox.objects.count) == 1

        await asyncio.to_thread(log.restart, saved)
        await vera.expect("reset")
        await vera.message("while it was down")
        await until(lambda: run_db(nothing_waits))


def test_what_was_rolled_back_is_never_said(people: People) -> None:
    with transaction.atomic():
        outbox.announce([entry()])
        transaction.set_rollback(True)
    assert not LiveOutbox.objects.exists()


def test_what_was_sent_leaves_no_row() -> None:
    with transaction.atomic():
        outbox.announce([entry(), entry(2)])
        assert LiveOutbox.objects.count() == 1
    assert not LiveOutbox.objects.exists()


def test_the_relay_leaves_fresh_rows_to_their_own_process() -> None:
    outbox.store([entry()])
    assert outbox.relay() == 0
    LiveOutbox.objects.update(created_at="2026-01-01T00:00:00Z")
    assert outbox.relay() == 1
    assert not LiveOutbox.objects.exists()


def test_the_relay_keeps_what_redis_refuses(log: Log) -> None:
    outbox.store([entry()])
    LiveOutbox.objects.update(created_at="2026-01-01T00:00:00Z")
    log.server.stop()
    assert outbox.relay() == 0
    assert LiveOutbox.objects.count() == 1


async def test_an_entry_sent_twice_is_one_row_and_one_message(people: People) -> None:
    """The row outlived its sending: clients drop the second by (ticket, seq)."""
    row = await run_db(make.ticket, people.vera)
    async with Socket.of_visitor(people.inbox, people.vera_token) as vera:
        await vera.hello()
        ref = uuid4()
        await vera.write("twice", row.id, ref=ref)
        first = await vera.message("twice")
        body = json.dumps({k: v for k, v in first.items() if k not in {"at", "topic"}})
        again = [Entry((vera.own_topic,), public=body)]
        await run_db(outbox.store, again)
        await run_db(lambda: LiveOutbox.objects.update(created_at="2026-01-01T00:00:00Z"))
        second = await vera.message("twice")
        assert second["message"] == first["message"]
        assert second["at"] != first["at"]
