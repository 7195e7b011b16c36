"""The frozen reference, on daphne as its tutorial serves it."""

import subprocess
import sys
from collections.abc import Sequence
from typing import Literal

import psycopg

from benchmarks.chat.ledger import ref_of
from benchmarks.chat.plan import Plan, SocketPlan
from benchmarks.chat.targets.base import (
    Addresses,
    People,
    agent_port,
    daphne,
    python_environment,
    visitor_port,
)


def conversation_id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


class Reference:
    family = "reference"
    resumes = False

    def __init__(
        self, name: str, connections: Literal["default", "kept"], processes: int = 1
    ) -> None:
        self.name = name
        self.connections = connections
        self.processes = processes

    def environment(self, addresses: Addresses) -> dict[str, str]:
        return python_environment(
            {
                "DJANGO_SETTINGS_MODULE": "benchmarks.reference.settings",
                "DATABASE_URL": addresses.database_url,
                "REDIS_URL": addresses.redis_url,
                "REFERENCE_CONNECTIONS": self.connections,
            }
        )

    def prepare(self, addresses: Addresses, people: People) -> None:
        command = [sys.executable, "-m", "django", "migrate", "-v", "0"]
        subprocess.run(command, env=self.environment(addresses), check=True)
        rows = [(conversation_id(n), n % people.agents) for n in range(people.visitors)]
        with psycopg.connect(addresses.database_url) as connection:
            connection.cursor().executemany(
                "INSERT INTO reference_conversation (id, agent, message_count, last_preview) "
                "VALUES (%s, %s, 0, '')",
                rows,
            )

    def commands(self, ports: Sequence[int]) -> list[list[str]]:
        return [daphne("benchmarks.reference.asgi:application", port) for port in ports]

    def plan(self, addresses: Addresses, people: People, ports: Sequence[int]) -> Plan:
        ids = [conversation_id(n) for n in range(people.visitors)]
        return Plan(
            visitors=[
                SocketPlan(visitor_port(ports, n, people), f"/ws/chat/{id_}/", ticket=id_)
                for n, id_ in enumerate(ids)
            ],
            agents=[
                SocketPlan(agent_port(ports, n), f"/ws/agent/{n}/") for n in range(people.agents)
            ],
            server_pids=[],
            database_pid=0,
            redis_pid=0,
            confirms=False,
        )

    def count_rows(self, addresses: Addresses, phase: int) -> tuple[int, int]:
        with psycopg.connect(addresses.database_url) as connection:
            row = connection.execute(
                "SELECT count(*), count(DISTINCT ref) FROM reference_message "
                "WHERE ref BETWEEN %s AND %s",
                (ref_of(phase, 0), ref_of(phase, 2**48 - 1)),
            ).fetchone()
        assert row is not None
        return row[0], row[1]
