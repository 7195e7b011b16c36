"""A chat server of a few lines that keeps the protocol, and breaks its promises when asked."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from websockets.asyncio.server import ServerConnection, serve

from benchmarks.chat.plan import Plan, SocketPlan

TICKET = "00000000-0000-4000-8000-000000000001"
HELLO = {"type": "hello", "v": 1, "token": "t", "last": None, "open": {}}


@dataclass
class FakeChat:
    copies_of_tenth: int = 1  # how often every tenth message reaches the agent
    stall_once: float = 0.0
    backwards: bool = False
    port: int = 0
    seen: int = 0
    sent_to_agent: int = 0
    agents: list[ServerConnection] = field(default_factory=list)
    sockets: list[ServerConnection] = field(default_factory=list)
    written: int = 0

    async def handle(self, socket: ServerConnection) -> None:
        assert socket.request is not None
        self.sockets.append(socket)
        if socket.request.path == "/agent/":
            self.agents.append(socket)
        async for text in socket:
            frame = json.loads(text)
            if frame["type"] == "hello":
                await socket.send(json.dumps({"type": "welcome", "v": 1, "last": "e.1-0"}))
            elif frame["type"] == "ping":
                self.seen += "seen" in frame
            elif frame["type"] == "message.send":
                await self.record(socket, frame)

    async def record(self, socket: ServerConnection, frame: dict[str, str]) -> None:
        self.written += 1
        number = self.written
        if self.stall_once and number == 20:
            await asyncio.sleep(self.stall_once)
        ack = {"type": "ack", "ref": frame["ref"], "ticket": frame["ticket"], "seq": number}
        seq = 10_000_000 - number if self.backwards else number
        event = {
            "type": "message.created",
            "at": f"e.1-{number}",
            "ticket": frame["ticket"],
            "message": {"id": number, "seq": seq, "body": frame["body"]},
        }
        await socket.send(json.dumps(ack))
        for agent in self.agents:
            for _ in range(1 if number % 10 else self.copies_of_tenth):
                self.sent_to_agent += 1
                await agent.send(json.dumps(event))

    def plan(self, visitors: int) -> Plan:
        opening = [(dict(HELLO), "welcome")]
        return Plan(
            [SocketPlan(self.port, "/visitor/", TICKET, {}, opening) for _ in range(visitors)],
            [SocketPlan(self.port, "/agent/", "", {}, opening)],
            server_pids=[],
            database_pid=0,
            redis_pid=0,
            confirms=True,
        )


@asynccontextmanager
async def running(chat: FakeChat) -> AsyncIterator[FakeChat]:
    async with serve(chat.handle, "127.0.0.1", 0) as server:
        chat.port = next(iter(server.sockets)).getsockname()[1]
        yield chat
