"""PostgreSQL goes away in the middle of a conversation and comes back."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import psycopg
import pytest
from websockets.asyncio.client import connect

from helpdesk.devstack import processes
from helpdesk.devstack.postgres import Postgres
from helpdesk.devstack.state import REPOSITORY
from helpdesk.devstack.throwaway import throwaway_servers
from tests.realtime.test_web_processes import Client, Frame
from tests.support.servers import WebProcess, environment, web_process

DATABASE = "helpdesk"
BEFORE = AFTER = 20
UNLIMITED = {"VISITOR_MESSAGES_PER_10S": "100000"}
PREPARE = """
import json, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests import make
inbox = make.inbox(make.team())
visitor, token = make.visitor(inbox)
row = make.ticket(visitor)
print(json.dumps({"inbox": str(inbox.public_id), "token": token, "ticket": str(row.id)}))
"""
SENT = "SELECT ref::text, seq FROM tickets_message WHERE body = 'number' ORDER BY seq"


class Stack:
    def __init__(self, postgres: Postgres, env: dict[str, str], told: dict[str, str]) -> None:
        self.postgres, self.env, self.told = postgres, env, told
        self.web: WebProcess

    def restart_postgres(self) -> None:
        """An immediate shutdown: as after a power cut, it comes back from its log."""
        assert self.postgres.process is not None
        processes.stop(self.postgres.process, signal.SIGQUIT, 10)
        self.postgres.start()

    def kept(self) -> list[str]:
        with psycopg.connect(self.postgres.url(DATABASE)) as connection:
            return [ref for ref, _seq in connection.execute(SENT).fetchall()]


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    with throwaway_servers(durable=True) as (postgres, valkey):
        postgres.create_database(DATABASE)
        urls = {"DATABASE_URL": postgres.url(DATABASE), "REDIS_URL": valkey.url()}
        env = environment(**urls)
        made = subprocess.run(
            [sys.executable, "-c", PREPARE],
            env=env,
            cwd=REPOSITORY,
            capture_output=True,
            check=True,
        )
        stack = Stack(postgres, env, orjson.loads(made.stdout))
        with web_process("uvicorn", tmp_path, **urls, **UNLIMITED) as stack.web:
            yield stack


async def test_nothing_is_lost_or_doubled(stack: Stack) -> None:
    told = stack.told
    url = f"ws://{stack.web.host}/ws/widget/{told['inbox']}/"
    origin: Any = f"http://{stack.web.host}"
    async with connect(url, origin=origin, proxy=None) as connection:
        client = Client(connection)
        await client.send("hello", v=1, token=told["token"], last=None)
        await client.expect("welcome")
        acked = await say(client, told["ticket"], BEFORE)
        restart = asyncio.create_task(asyncio.to_thread(stack.restart_postgres))
        while not restart.done():
            acked += await say(client, told["ticket"], 1)
        acked += await say(client, told["ticket"], AFTER)
        await restart
    assert await asyncio.to_thread(stack.kept) == acked


async def say(client: Client, ticket: str, count: int) -> list[str]:
    """Messages that were sent until they were acknowledged, as every client does."""
    refs = [str(uuid4()) for _ in range(count)]
    for ref in refs:
        code = ""
        while code != "ack":
            await client.send("message.send", ref=ref, ticket=ticket, body="number")
            code = (await _answer(client, ref)).get("code", "ack")
            assert code in {"ack", "busy"}
    return refs


async def _answer(client: Client, ref: str) -> Frame:
    async with asyncio.timeout(30):
        while True:
            frame: dict[str, Any] = orjson.loads(await client.connection.recv())
            if frame.get("ref") == ref:
                return frame
