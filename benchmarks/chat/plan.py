"""What the load generator is told: which sockets to open, and how each is greeted."""

from dataclasses import asdict, dataclass, field
from typing import Any

import orjson


@dataclass(slots=True)
class SocketPlan:
    port: int
    path: str
    ticket: str = ""  # the conversation a visitor writes in; empty for an agent
    headers: dict[str, str] = field(default_factory=dict)
    # Frames said after the handshake, each with the type of the answer to wait for.
    opening: list[tuple[dict[str, Any], str]] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    visitors: list[SocketPlan]
    agents: list[SocketPlan]
    server_pids: list[int]
    database_pid: int
    redis_pid: int
    confirms: bool  # the client must say which events it has seen

    def to_json(self) -> bytes:
        return orjson.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: bytes) -> "Plan":
        read = orjson.loads(text)
        for role in ("visitors", "agents"):
            read[role] = [SocketPlan(**socket) for socket in read[role]]
        return cls(**read)
