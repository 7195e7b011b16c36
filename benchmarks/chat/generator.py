"""The load generator, a process of its own: a job on stdin, its figures on stdout."""

import resource
import sys
from typing import Any

import orjson
import uvloop

from benchmarks.chat.crowd import Crowd
from benchmarks.chat.idle import idle_sockets
from benchmarks.chat.loops import closed_loop, open_loop
from benchmarks.chat.plan import Plan
from benchmarks.chat.reconnect import reconnect


async def run_loops(crowd: Crowd, job: dict[str, Any]) -> dict[str, Any]:
    """The closed loop, then the open one at a share of what the closed one reached, or at rates."""
    await crowd.open_all()
    phase, warm_up, seconds = job["phase"], job["warm_up"], job["seconds"]
    figures = {"closed": await closed_loop(crowd, phase, job["in_flight"], warm_up, seconds)}
    rates = {"half": figures["closed"]["per_second"] * 0.5}
    rates |= {f"open {rate:g}/s": rate for rate in job["rates"]}
    for name, rate in rates.items():
        phase += 1
        figures[name] = await open_loop(crowd, phase, max(rate, 1.0), warm_up, seconds)
    return {**figures, "closed_sockets": dict(crowd.closed), "errors": dict(crowd.errors)}


async def run(job: dict[str, Any], crowd: Crowd) -> dict[str, Any]:
    try:
        match job["scenario"]:
            case "loops":
                return await run_loops(crowd, job)
            case "idle":
                return await idle_sockets(crowd, job["seconds"])
            case "reconnect":
                return await reconnect(crowd, job["phase"])
            case unknown:
                raise ValueError(unknown)
    finally:
        crowd.close_all()


async def main() -> None:
    job = orjson.loads(sys.stdin.buffer.read())
    crowd = Crowd(Plan.from_json(orjson.dumps(job["plan"])))
    figures = await run(job, crowd)
    sys.stdout.buffer.write(orjson.dumps(figures, option=orjson.OPT_NON_STR_KEYS))


if __name__ == "__main__":
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    uvloop.run(main())
