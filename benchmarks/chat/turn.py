"""One turn of one target: fresh web processes, one job for the generator, the rows counted."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import Any

import orjson
import psycopg
import redis

from benchmarks.chat.servers import web_processes
from benchmarks.chat.targets.base import ROOT, Addresses, People, Target
from helpdesk.devstack import processes
from helpdesk.devstack.postgres import Postgres
from helpdesk.devstack.valkey import Valkey


class GeneratorFailed(Exception):
    """The load generator ended badly; the message carries what it and the server said."""


@dataclass
class Bench:
    """The servers of a run, and where each family of targets lives in them."""

    postgres: Postgres
    valkey: Valkey
    folder: Path
    phases: Iterator[int]

    @classmethod
    def on(cls, postgres: Postgres, valkey: Valkey, folder: Path) -> "Bench":
        return cls(postgres, valkey, folder, count(1, 16))

    def addresses(self, target: Target) -> Addresses:
        name = f"bench_{target.family}"
        return Addresses(self.postgres.url(name), f"redis://127.0.0.1:{self.valkey.port}/0")

    def prepare(self, target: Target, people: People) -> None:
        self.postgres.create_database(f"bench_{target.family}")
        target.prepare(self.addresses(target), people)

    def calm_down(self, addresses: Addresses) -> None:
        """What the turn before left to be written must not be paid for in this one."""
        redis.Redis.from_url(addresses.redis_url).flushdb()
        with psycopg.connect(addresses.database_url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")


def take_turn(bench: Bench, target: Target, people: People, job: dict[str, Any]) -> dict[str, Any]:
    addresses, phase = bench.addresses(target), next(bench.phases)
    bench.calm_down(addresses)
    ports = [processes.free_port() for _ in range(target.processes)]
    log = bench.folder / f"{target.name}.log"
    env = target.environment(addresses)
    with web_processes(target.commands(ports), ports, env, log) as pids:
        plan = target.plan(addresses, people, ports)
        plan.server_pids = pids
        assert bench.postgres.process is not None
        assert bench.valkey.process is not None
        plan.database_pid = bench.postgres.process.pid
        plan.redis_pid = bench.valkey.process.pid
        figures = _generate({**job, "phase": phase, "plan": asdict(plan)}, log)
    for loop in figures.get("loops", []):
        _compare_with_database(loop, target.count_rows(addresses, loop["phase"]))
    return figures


def _compare_with_database(loop: dict[str, Any], rows: tuple[int, int]) -> None:
    stored, distinct = rows
    loop["rows"] = stored
    loop["rows_missing"] = max(0, loop["sent"] - loop["unacknowledged"] - distinct)
    loop["rows_doubled"] = stored - distinct


def _generate(job: dict[str, Any], log: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.chat.generator"],
        input=orjson.dumps(job),
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode()[-3000:]
        raise GeneratorFailed(f"{said}\nserver:\n{processes.tail(log)}")
    result: dict[str, Any] = orjson.loads(done.stdout)
    return result
