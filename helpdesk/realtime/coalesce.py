"""Many callers, one query: whatever is asked while the last query runs is answered by the next.

After a restart thousands of clients say hello at once; a query a client would keep the pool busy
for seconds, and those behind it waiting.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from helpdesk.realtime.pool import run_db

K = TypeVar("K")
V = TypeVar("V")
BATCH = 500


class Coalesced(Generic[K, V]):
    """`fetch(keys)` runs in the pool and gives a value per key, in order.

    For one event loop at a time: what waits on a loop that has ended is not carried over.
    """

    def __init__(self, fetch: Callable[[Sequence[K]], list[V]]) -> None:
        self._fetch = fetch
        self._waiting: list[tuple[K, asyncio.Future[V]]] = []
        self._runner: asyncio.Task[None] | None = None

    async def get(self, key: K) -> V:
        loop = asyncio.get_running_loop()
        if self._runner is None or self._runner.get_loop() is not loop:
            self._waiting, self._runner = [], None
        future: asyncio.Future[V] = loop.create_future()
        self._waiting.append((key, future))
        if self._runner is None:
            self._runner = asyncio.create_task(self._run())
        return await future

    async def _run(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
                await self._answer(batch)
        finally:
            self._runner = None

    async def _answer(self, batch: list[tuple[K, "asyncio.Future[V]"]]) -> None:
        try:
            values = await run_db(self._fetch, [key for key, _ in batch])
        except Exception as error:  # noqa: BLE001  each caller gets it raised
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), value in zip(batch, values, strict=True):
            if not future.done():
                future.set_result(value)
