"""Everybody back at once, as after a deployment: how long until each has what he missed."""

import asyncio
from collections import Counter
from contextlib import suppress
from time import perf_counter
from typing import Any

from benchmarks.chat import proc
from benchmarks.chat.crowd import Crowd, Member
from benchmarks.chat.figures import summarise
from benchmarks.chat.ledger import Ledger
from benchmarks.chat.loops import drain

GIVE_UP = 60.0
IN_FLIGHT = 200
RETRY = 0.5  # the least a client of ours waits


async def write_once_each(crowd: Crowd, ledger: Ledger) -> None:
    """One message from every visitor: the event he will have missed."""
    for start in range(0, len(crowd.visitors), IN_FLIGHT):
        for member in crowd.visitors[start : start + IN_FLIGHT]:
            member.send_message(ledger)
        await drain(ledger)


async def come_back(member: Member, failures: Counter[str]) -> float:
    while True:
        try:
            await member.open()
        except (OSError, TimeoutError) as error:
            failures[type(error).__name__] += 1
            await asyncio.sleep(RETRY)
        else:
            return perf_counter()


async def wait_for_replay(ledger: Ledger, echoes: int) -> None:
    async with asyncio.timeout(GIVE_UP):
        while sum(ledger.echoes) < echoes:  # noqa: ASYNC110 - one look in 20 ms costs nothing
            await asyncio.sleep(0.02)


async def reconnect(crowd: Crowd, phase: int) -> dict[str, Any]:
    await crowd.open_all()
    remembered = [member.last for member in crowd.visitors]
    ledger = crowd.ledger = Ledger(phase, lambda: None)
    await write_once_each(crowd, ledger)
    for member, last in zip(crowd.visitors, remembered, strict=True):
        if member.client is not None:
            member.client.close()
        member.last = last
    await asyncio.sleep(3)  # the server notices that they are gone
    cpu = sum(proc.cpu_seconds(pid) for pid in crowd.plan.server_pids)
    before, failures, start = sum(ledger.echoes), Counter[str](), perf_counter()
    welcomed = await asyncio.gather(*(come_back(member, failures) for member in crowd.visitors))
    with suppress(TimeoutError):  # `replayed` tells how many are missing
        await wait_for_replay(ledger, before + len(crowd.visitors))
    done = perf_counter() - start
    cpu = sum(proc.cpu_seconds(pid) for pid in crowd.plan.server_pids) - cpu
    return {
        "sockets": len(crowd.visitors),
        "welcome_ms": summarise(moment - start for moment in welcomed),
        "all_replayed_seconds": round(done, 2),
        "replayed": sum(ledger.echoes) - before,
        "resets": crowd.resets,
        "failures": dict(failures),
        "server_cpu_seconds": round(cpu, 2),
        "closed": dict(crowd.closed),
        "errors": dict(crowd.errors),
    }
