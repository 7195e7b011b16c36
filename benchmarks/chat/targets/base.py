"""What the harness asks of a system under test."""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks.chat.plan import Plan

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class People:
    visitors: int
    agents: int


@dataclass(frozen=True, slots=True)
class Addresses:
    """The databases a target has for itself."""

    database_url: str
    redis_url: str


class Target(Protocol):
    name: str
    processes: int
    resumes: bool  # a socket that comes back gets what it missed
    family: str  # targets of one family share a database and what is seeded in it

    def environment(self, addresses: Addresses) -> dict[str, str]: ...

    def prepare(self, addresses: Addresses, people: People) -> None:
        """Once a run: migrate, and make the people."""
        ...

    def commands(self, ports: Sequence[int]) -> list[list[str]]: ...

    def plan(self, addresses: Addresses, people: People, ports: Sequence[int]) -> Plan: ...

    def count_rows(self, addresses: Addresses, phase: int) -> tuple[int, int]:
        """Messages of a phase in the database: rows, and distinct ones."""
        ...


def python_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Only what a process needs: nothing of the caller's shell may change a figure."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT), **extra}


def daphne(application: str, port: int) -> list[str]:
    return [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", str(port), application]


def agent_port(ports: Sequence[int], number: int) -> int:
    return ports[number % len(ports)]


def visitor_port(ports: Sequence[int], number: int, people: People) -> int:
    """Visitor n writes to agent n % agents; each agent's visitors are spread over all processes."""
    return ports[number // people.agents % len(ports)]
