"""One blocking reader a process: from the stream to memory and to this process's sockets.

Redis can lose memory, roll back, fail over, have its clock set back, or trim; all of it is silent.
So on every connection and at least once a second the reader proves that it has missed nothing:
same `run_id`; the stream has not gone back behind what was read; and once it is read to its end,
Redis has counted exactly as many entries as came here. Otherwise everybody starts anew.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import redis.asyncio
import structlog
from redis import RedisError

from helpdesk.realtime.entry import Entry, unpack
from helpdesk.realtime.hub import Hub
from helpdesk.realtime.memory import LogMemory
from helpdesk.realtime.position import ZERO, StreamId, parse_id
from helpdesk.realtime.redis import STREAM, async_client

log = structlog.get_logger(__name__)
BLOCK_MS = 1000
BATCH = 500
PROOF_SECONDS = 1.0
RETRY_SECONDS = 0.25


class LogLost(Exception):
    """The stream is not the one that was read before."""


class Reader:
    """`recheck(access)` is awaited before anything later than an entry with `access` is handed on;
    `lost()` when everybody has to start anew."""

    def __init__(
        self,
        hub: Hub,
        memory: LogMemory,
        recheck: Callable[[str], Awaitable[None]],
        lost: Callable[[], Awaitable[None]],
    ) -> None:
        self.hub, self.memory = hub, memory
        self._recheck, self._lost = recheck, lost
        self._counted = 0
        self._proved_at = 0.0
        self._broken: tuple[str, StreamId] | None = None
        self.ready = asyncio.Event()

    async def run(self) -> None:
        """Reads for ever; a lost connection is opened again."""
        while True:
            client = async_client()
            try:
                await self._connect(client)
                self.ready.set()
                while True:
                    await self._read(client)
            except (RedisError, OSError) as error:
                log.warning("live.reader_disconnected", error=str(error))
                await asyncio.sleep(RETRY_SECONDS)
            except LogLost:
                await self._start_anew()
            finally:
                await client.aclose()

    async def _start_anew(self) -> None:
        log.warning("live.log_lost", epoch=self.hub.epoch, read=str(self.memory.newest))
        self._broken = (self.hub.epoch, self.memory.newest)
        self.hub.epoch = ""
        self.hub.reset_all()
        await self._lost()

    async def _connect(self, client: redis.asyncio.Redis) -> None:
        epoch = (await client.info("server"))["run_id"]
        if self.hub.epoch and epoch != self.hub.epoch:
            raise LogLost
        if not self.hub.epoch:
            self.hub.epoch = epoch
            await self._load(client)
            self.hub.newest_at = f"{epoch}.{self.memory.newest}"
        await self._prove(client)

    async def _load(self, client: redis.asyncio.Redis) -> None:
        """Fills the memory with the stream's tail, so that clients survive our restart."""
        pipe = client.pipeline(transaction=True)
        pipe.exists(STREAM)
        pipe.xinfo_stream(STREAM)
        pipe.xrevrange(STREAM, count=self.memory.limit)
        exists, info, tail = await pipe.execute(raise_on_error=False)
        end = parse_id(info["last-generated-id"]) if exists else ZERO
        self._counted = info["entries-added"] if exists else 0
        if self._broken is not None and self._broken[0] == self.hub.epoch:
            # Flushed or cut: what was announced up to there is gone, whatever the ids say now.
            self.memory.restart(end, floor=max(end, self._broken[1]))
            return
        self.memory.restart(end, floor=parse_id(tail[-1][0]) if exists and tail else end)
        for stream_id, fields in reversed(tail if exists else []):
            self._keep(parse_id(stream_id), fields)
        self.memory.newest = end

    async def _read(self, client: redis.asyncio.Redis) -> None:
        found: Any = await client.xread({STREAM: str(self.memory.newest)}, BATCH, BLOCK_MS)
        for stream_id, fields in _entries(found):
            await self._take(parse_id(stream_id), fields)
        if not found or time.monotonic() - self._proved_at > PROOF_SECONDS:
            await self._prove(client)

    async def _take(self, stream_id: StreamId, fields: dict[bytes, bytes]) -> None:
        """Rights first: whoever lost them hears neither this entry nor anything later."""
        self._counted += 1
        entry = _readable(stream_id, fields)
        if entry is None:
            self.memory.newest = stream_id
            return
        if entry.access:
            await self._recheck(entry.access)
        self.memory.append(stream_id, entry)
        self.hub.dispatch(stream_id, entry)

    def _keep(self, stream_id: StreamId, fields: dict[bytes, bytes]) -> None:
        entry = _readable(stream_id, fields)
        if entry is not None:
            self.memory.append(stream_id, entry)

    async def _prove(self, client: redis.asyncio.Redis) -> None:
        """Raises LogLost unless the stream is a continuation of what was read. Reading on and
        counting happen at one moment, so that it is known under any traffic."""
        self._proved_at = time.monotonic()
        pipe = client.pipeline(transaction=True)
        pipe.xread({STREAM: str(self.memory.newest)}, BATCH)
        pipe.exists(STREAM)
        pipe.xinfo_stream(STREAM)
        found, exists, info = await pipe.execute(raise_on_error=False)
        if not exists:
            if self._counted:
                raise LogLost
            return
        for stream_id, fields in _entries(found):
            await self._take(parse_id(stream_id), fields)
        end, added = parse_id(info["last-generated-id"]), info["entries-added"]
        is_read = end == self.memory.newest
        if end < self.memory.newest or (is_read and added != self._counted):
            raise LogLost


def _readable(stream_id: StreamId, fields: dict[bytes, bytes]) -> Entry | None:
    """What a process of another version wrote must not end this one's reader."""
    try:
        return unpack(fields[b"e"])
    except (KeyError, ValueError) as error:
        log.warning("live.entry_unreadable", id=str(stream_id), error=str(error))
        return None


def _entries(found: Any) -> list[tuple[bytes, dict[bytes, bytes]]]:
    """XREAD's answer in either protocol: a mapping (RESP3) or a list of pairs."""
    if not found:
        return []
    if isinstance(found, dict):
        return [item for batches in found.values() for batch in batches for item in batch]
    return [item for _, items in found for item in items]
