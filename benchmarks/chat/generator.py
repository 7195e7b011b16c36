"""The load generator, a process of its own: a job on stdin, its figures on stdout."""

import resource
import sys
from itertools import count
from typing import Any

import orjson
import uvloop

from benchmarks.chat.crowd import Crowd
from benchmarks.chat.idle import idle_sockets
from benchmarks.chat.loops import closed_loop, open_loop
from benchmarks.chat.plan import Plan
from benchmarks.chat.reconnect import reconnect


async def run_loops(crowd: Crowd, job: dict[str, Any]) -> dict[str, Any]:
    """Closed loops, then open ones: at half of the most that was reached, and at given rates."""
    await crowd.open_all()
    phases, warm_up, seconds = count(job["phase"]), job["warm_up"], job["seconds"]
    loops = []
    for in_flight in job["in_flight"]:
        loops.append(await closed_loop(crowd, next(phases), in_flight, warm_up, seconds))
    most = max(loop["per_second"] for loop in loops)
    rates = {"half": most * 0.5} | {f"{rate:g}/s": rate for rate in job["rates"]}
    for name, rate in rates.items():
        loop = await open_loop(crowd, next(phases), max(rate, 1.0), warm_up, seconds)
        loops.append({"load": name, **loop})
    return {
        "loops": loops,
        "most": most,
        "closed_sockets": dict(crowd.closed),
        "errors": dict(crowd.errors),
    }


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
