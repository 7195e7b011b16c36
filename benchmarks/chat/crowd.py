"""All the sockets of a run: opened, greeted, kept alive, and their frames brought to the ledger."""

import asyncio
from collections import Counter
from itertools import cycle
from typing import Any

import orjson

from benchmarks.chat.ledger import Ledger
from benchmarks.chat.plan import Plan, SocketPlan
from benchmarks.chat.wire import WebSocketClient, connect

CONFIRM_EVERY = 100  # events; the server asks for at least one confirmation in 200
HEARTBEAT = 20.0
PATIENCE = 30.0


class Member:
    """One socket and what it has seen."""

    __slots__ = ("_answers", "client", "crowd", "is_agent", "last", "plan", "prefix", "unconfirmed")

    def __init__(self, crowd: "Crowd", plan: SocketPlan, is_agent: bool) -> None:
        self.crowd = crowd
        self.plan = plan
        self.is_agent = is_agent
        self.client: WebSocketClient | None = None
        self.last: str | None = None
        self.unconfirmed = 0
        self.prefix = f'","ticket":"{plan.ticket}","kind":"reply","body":"'
        self._answers: dict[str, asyncio.Future[dict[str, Any]]] = {}

    async def open(self) -> None:
        plan = self.plan
        self.client = await connect(
            plan.port, plan.path, plan.headers, self.on_text, self.crowd.note_close
        )
        for frame, answer_type in plan.opening:
            self._answers[answer_type] = asyncio.get_running_loop().create_future()
            spoken = {**frame, "last": self.last} if frame["type"] == "hello" else frame
            self.client.send(orjson.dumps(spoken))
            answer = await asyncio.wait_for(self._answers[answer_type], PATIENCE)
            if answer.get("last"):
                self.last = answer["last"]

    def send_message(self, ledger: Ledger, due: float | None = None) -> None:
        ref, body = ledger.open(due)
        if self.client is not None:
            frame = f'{{"type":"message.send","ref":"{ref}{self.prefix}{body}"}}'
            self.client.send(frame.encode())

    def on_text(self, payload: bytes) -> None:
        frame = orjson.loads(payload)
        kind = frame["type"]
        ledger = self.crowd.ledger
        if kind == "message.created":
            ledger.note_delivery(frame, self.is_agent)
        elif kind == "ack":
            ledger.note_ack(frame)
            return
        elif kind == "error":
            ledger.note_error(frame)
            self.crowd.errors[str(frame.get("code"))] += 1
            return
        elif kind == "reset":
            self.crowd.resets += 1
        elif kind in self._answers:
            self._answers.pop(kind).set_result(frame)
            return
        if "at" in frame:
            self._note_event(frame["at"])

    def confirm(self) -> None:
        if self.client is not None:
            self.client.send(orjson.dumps({"type": "ping", "seen": self.last}))
        self.unconfirmed = 0

    def _note_event(self, at: str) -> None:
        self.last = at
        self.unconfirmed += 1
        if self.unconfirmed >= CONFIRM_EVERY and self.crowd.plan.confirms:
            self.confirm()


class Crowd:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.visitors = [Member(self, socket, is_agent=False) for socket in plan.visitors]
        self.agents = [Member(self, socket, is_agent=True) for socket in plan.agents]
        self.ledger = Ledger(0, lambda: None)
        self.closed: Counter[int] = Counter()
        self.errors: Counter[str] = Counter()
        self.resets = 0
        self._turn = cycle(self.visitors)
        self._heartbeat: asyncio.Task[None] | None = None

    async def open_all(self, at_once: int = 50) -> None:
        gate = asyncio.Semaphore(at_once)

        async def open_one(member: Member) -> None:
            async with gate:
                await member.open()

        async with asyncio.TaskGroup() as group:
            for member in (*self.agents, *self.visitors):
                group.create_task(open_one(member))
        if self.plan.confirms:
            self._heartbeat = asyncio.create_task(self._keep_alive())

    def next_visitor(self) -> Member:
        return next(self._turn)

    def note_close(self, code: int) -> None:
        self.closed[code] += 1

    def close_all(self) -> None:
        if self._heartbeat is not None:
            self._heartbeat.cancel()
        for member in (*self.agents, *self.visitors):
            if member.client is not None:
                member.client.close()

    async def _keep_alive(self) -> None:
        """Every socket once a heartbeat, spread over it."""
        members = [*self.agents, *self.visitors]
        slices = 100
        while True:
            for start in range(slices):
                await asyncio.sleep(HEARTBEAT / slices)
                for member in members[start::slices]:
                    member.confirm()
