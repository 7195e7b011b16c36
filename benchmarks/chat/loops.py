"""The two ways of loading a server."""

import asyncio
import random
from time import perf_counter, process_time
from typing import Any

from benchmarks.chat import proc
from benchmarks.chat.crowd import Crowd
from benchmarks.chat.figures import summarise
from benchmarks.chat.ledger import Ledger

DRAIN = 15.0
LAST_LOOK = 0.3  # a second copy would come now


class Meter:
    """CPU and clock between two moments."""

    def __init__(self, crowd: Crowd) -> None:
        self._plan = crowd.plan
        self._start = self._read()

    def _read(self) -> dict[str, float]:
        return {
            "seconds": perf_counter(),
            "server": sum(proc.cpu_seconds(pid) for pid in self._plan.server_pids),
            "database": proc.cpu_seconds(self._plan.database_pid),
            "redis": proc.cpu_seconds(self._plan.redis_pid),
            "generator": process_time(),
            "machine": proc.machine_busy_seconds(),
        }

    def stop(self) -> dict[str, float]:
        return {name: value - self._start[name] for name, value in self._read().items()}


def cpu_figures(used: dict[str, float], messages: int) -> dict[str, float]:
    """µs a message, and the share of the machine that somebody else had."""
    parts = ("server", "database", "redis", "generator")
    per_message = 1e6 / messages if messages else float("nan")
    figures = {f"cpu_us_{part}": round(used[part] * per_message, 1) for part in parts}
    foreign = used["machine"] - sum(used[part] for part in parts)
    figures["foreign_cores"] = round(max(foreign, 0) / used["seconds"], 2)
    figures["server_cores"] = round(used["server"] / used["seconds"], 2)
    return figures


async def drain(ledger: Ledger) -> None:
    """Wait for what is under way, but no longer than DRAIN after the last sign of life."""
    seen, deadline = ledger.unfinished, perf_counter() + DRAIN
    while ledger.unfinished and perf_counter() < deadline:
        await asyncio.sleep(0.05)
        if ledger.unfinished != seen:
            seen, deadline = ledger.unfinished, perf_counter() + DRAIN
    await asyncio.sleep(LAST_LOOK)


async def closed_loop(
    crowd: Crowd, phase: int, in_flight: int, warm_up: float, seconds: float
) -> dict[str, Any]:
    """`in_flight` messages always under way: the most a server can do."""
    running = True

    def send_next() -> None:
        if running:
            crowd.next_visitor().send_message(ledger)

    ledger = crowd.ledger = Ledger(phase, send_next)
    for _ in range(in_flight):
        send_next()
    await asyncio.sleep(warm_up)
    meter, since = Meter(crowd), perf_counter()
    await asyncio.sleep(seconds)
    used, until = meter.stop(), perf_counter()
    running = False
    await drain(ledger)
    completed = sum(1 for moment in ledger.completed if since <= moment < until)
    acks, deliveries = ledger.latencies(since, until)
    return {
        "phase": phase,
        "in_flight": in_flight,
        "per_second": round(completed / (until - since), 1),
        "sent": len(ledger.sent),
        "ack_ms": summarise(acks),
        "delivery_ms": summarise(deliveries),
        **cpu_figures(used, completed),
        **ledger.losses(),
    }


def arrivals(rate: float, seconds: float, seed: int) -> list[float]:
    """Poisson: people do not write in step."""
    dice = random.Random(seed)
    moments, moment = [], 0.0
    while (moment := moment + dice.expovariate(rate)) < seconds:
        moments.append(moment)
    return moments


async def open_loop(
    crowd: Crowd, phase: int, rate: float, warm_up: float, seconds: float
) -> dict[str, Any]:
    """A fixed rate, whatever the server does; latency counts from the moment a message was due."""
    ledger = crowd.ledger = Ledger(phase, lambda: None)
    start = perf_counter() + 0.05
    since, until = start + warm_up, start + warm_up + seconds
    meter: Meter | None = None
    for moment in arrivals(rate, warm_up + seconds, seed=phase):
        due = start + moment
        if (wait := due - perf_counter()) > 0:
            await asyncio.sleep(wait)
        if meter is None and due >= since:
            meter = Meter(crowd)
        crowd.next_visitor().send_message(ledger, due)
    used = (meter or Meter(crowd)).stop()
    await drain(ledger)
    due_in_window = sum(1 for due in ledger.due if due >= since)
    acks, deliveries = ledger.latencies(since, until)
    late = [sent - due for sent, due in zip(ledger.sent, ledger.due, strict=True)]
    return {
        "phase": phase,
        "rate": round(rate, 1),
        "sent": len(ledger.sent),
        "ack_ms": summarise(acks),
        "delivery_ms": summarise(deliveries),
        "generator_late_ms": summarise(late),
        **cpu_figures(used, due_in_window),
        **ledger.losses(),
    }
