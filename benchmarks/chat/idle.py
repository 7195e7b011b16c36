"""What a socket costs that says nothing."""

import asyncio
from time import perf_counter
from typing import Any

from benchmarks.chat import proc
from benchmarks.chat.crowd import Crowd

SETTLE = 3.0


async def idle_sockets(crowd: Crowd, watch: float) -> dict[str, Any]:
    """Memory per socket against the same server with only the first few open, then CPU at rest."""
    pids = crowd.plan.server_pids
    everybody, few = crowd.visitors, crowd.visitors[:20]
    crowd.visitors = few
    await crowd.open_all()
    await asyncio.sleep(SETTLE)
    before = sum(proc.rss_bytes(pid) for pid in pids)
    start = perf_counter()
    crowd.visitors = everybody[len(few) :]
    crowd.agents = []
    await crowd.open_all()
    opened_in = perf_counter() - start
    await asyncio.sleep(SETTLE)
    after = sum(proc.rss_bytes(pid) for pid in pids)
    cpu = sum(proc.cpu_seconds(pid) for pid in pids)
    await asyncio.sleep(watch)
    cpu = sum(proc.cpu_seconds(pid) for pid in pids) - cpu
    count = len(crowd.visitors)
    return {
        "sockets": count,
        "kb_per_socket": round((after - before) / count / 1024, 1),
        "rss_mb": round(after / 2**20, 1),
        "opened_per_second": round(count / opened_in, 1),
        "idle_cpu_percent": round(cpu / watch * 100, 1),
        "closed": dict(crowd.closed),
    }
