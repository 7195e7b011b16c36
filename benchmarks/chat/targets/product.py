"""The product, on the servers it supports."""

import subprocess
import sys
from collections.abc import Sequence
from typing import Any, Literal

import orjson
import psycopg

from benchmarks.chat.ledger import ref_of
from benchmarks.chat.plan import Plan, SocketPlan
from benchmarks.chat.targets.base import (
    Addresses,
    People,
    agent_port,
    python_environment,
    visitor_port,
)
from helpdesk.devstack.services import web_command

# Of all targets of the family: they share the database.
_seeded: dict[str, dict[str, Any]] = {}


class Product:
    family = "product"
    resumes = True

    def __init__(self, name: str, server: Literal["daphne", "uvicorn"], processes: int = 1) -> None:
        self.name = name
        self.server = server
        self.processes = processes

    def environment(self, addresses: Addresses) -> dict[str, str]:
        return python_environment(
            {
                "DJANGO_SETTINGS_MODULE": "helpdesk.settings",
                "SECRET_KEY": "only for measuring on loopback, nobody else comes here",
                "DATABASE_URL": addresses.database_url,
                "REDIS_URL": addresses.redis_url,
                # A thousand visitors write as fast as the server lets them.
                "VISITOR_MESSAGES_PER_10S": "1000000",
            }
        )

    def prepare(self, addresses: Addresses, people: People) -> None:
        env = self.environment(addresses)
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "-v", "0", "--skip-checks"],
            env=env,
            check=True,
        )
        made = subprocess.run(
            [
                *(sys.executable, "-m", "benchmarks.chat.seed"),
                *(str(people.visitors), str(people.agents)),
            ],
            env=env,
            check=True,
            stdout=subprocess.PIPE,
        )
        _seeded[addresses.database_url] = orjson.loads(made.stdout)

    def commands(self, ports: Sequence[int]) -> list[list[str]]:
        return [web_command(self.server, port) for port in ports]

    def plan(self, addresses: Addresses, people: People, ports: Sequence[int]) -> Plan:
        seeded = _seeded[addresses.database_url]
        path = f"/ws/widget/{seeded['inbox']}/"
        return Plan(
            visitors=[
                SocketPlan(
                    visitor_port(ports, number, people),
                    path,
                    ticket=ticket,
                    opening=[(_hello(token), "welcome")],
                )
                for number, (token, ticket) in enumerate(seeded["visitors"][: people.visitors])
            ],
            agents=[
                SocketPlan(
                    agent_port(ports, number),
                    "/ws/console/",
                    headers={"Cookie": f"sessionid={agent['session']}"},
                    opening=[
                        (_hello(""), "welcome"),
                        (
                            {"type": "subscribe", "topics": [f"agent:{agent['id']}"]},
                            "subscribed",
                        ),
                    ],
                )
                for number, agent in enumerate(seeded["agents"])
            ],
            server_pids=[],
            database_pid=0,
            redis_pid=0,
            confirms=True,
        )

    def count_rows(self, addresses: Addresses, phase: int) -> tuple[int, int]:
        with psycopg.connect(addresses.database_url) as connection:
            row = connection.execute(
                "SELECT count(*), count(DISTINCT ref) FROM tickets_message "
                "WHERE ref BETWEEN %s AND %s",
                (ref_of(phase, 0), ref_of(phase, 2**48 - 1)),
            ).fetchone()
        assert row is not None
        return row[0], row[1]


def _hello(token: str) -> dict[str, Any]:
    return {"type": "hello", "v": 1, "token": token, "last": None, "open": {}}
