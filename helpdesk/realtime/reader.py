"""One blocking reader a process: from the stream to memory and to this process's sockets.

Redis can lose memory, roll back, fail over, have its clock set back, or trim; all of it is silent.
So on every connection and at least once a second the reader proves that it has missed nothing:
same epoch; the stream has not gone back behind what was read; and once it is read to its end,
Redis has counted exactly as many entries as came here. Otherwise everybody starts anew.
"""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any

import redis.asyncio
import structlog
from redis import RedisError

from helpdesk.realtime.entry import Entry, unpack
from helpdesk.realtime.hub import Hub
from helpdesk.realtime.memory import LogMemory
from helpdesk.realtime.position import ZERO, StreamId, epoch_of, parse_id
from helpdesk.realtime.redis import EPOCH, STREAM, async_client

log = structlog.get_logger(__name__)
BLOCK_MS = 1000
BATCH = 500
PROOF_SECONDS = 1.0
RETRY_SECONDS = 0.25
DELETE_IF_EQUAL = "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('del', KEYS[1])"


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
        self._born: bytes | None = None
        self._lost_epoch: str | None = None
        self.ready = asyncio.Event()

    async def run(self) -> None:
        """Reads for ever; a lost connection is opened again."""
        while True:
            client = async_client()
            try:
                await self._connect(client)
                self.ready.set()
                while True:
                    _stop_if_cancelled()
                    await self._read(client)
            except (RedisError, OSError) as error:
                _stop_if_cancelled()
                log.warning("live.reader_disconnected", error=str(error))
                await asyncio.sleep(RETRY_SECONDS)
            except LogLost:
                log.warning("live.log_lost", epoch=self.hub.epoch, read=str(self.memory.newest))
                self._lost_epoch, self.hub.epoch = self.hub.epoch, ""
            finally:
                await client.aclose()

    async def _connect(self, client: redis.asyncio.Redis) -> None:
        pipe = client.pipeline(transaction=True)
        pipe.info("server")
        pipe.set(EPOCH, secrets.token_hex(4), nx=True)
        pipe.get(EPOCH)
        server, _, born = await pipe.execute()
        epoch = epoch_of(server, born)
        if self.hub.epoch and epoch != self.hub.epoch:
            raise LogLost
        if not self.hub.epoch:
            await self._load(client, epoch)
            self._born = born
            self.hub.epoch, self.hub.newest_at = epoch, f"{epoch}.{self.memory.newest}"
            if self._lost_epoch is not None:
                # Only now: whatever comes after the snapshots that they load will be handed on.
                self.hub.reset_all()
                await self._lost()
        await self._prove(client)

    async def _load(self, client: redis.asyncio.Redis, epoch: str) -> None:
        """Fills the memory with the stream's tail, so that clients survive our restart."""
        pipe = client.pipeline(transaction=True)
        pipe.exists(STREAM)
        pipe.xinfo_stream(STREAM)
        pipe.xrevrange(STREAM, count=self.memory.limit)
        exists, info, tail = await pipe.execute(raise_on_error=False)
        end = parse_id(info["last-generated-id"]) if exists else ZERO
        self._counted = info["entries-added"] if exists else 0
        if not exists or epoch == self._lost_epoch:  # the tail has a gap
            self.memory.restart(end, floor=end)
            return
        self.memory.restart(end, floor=parse_id(tail[-1][0]) if tail else end)
        for stream_id, fields in reversed(tail):
            entry = _readable(parse_id(stream_id), fields)
            if entry is not None:
                self.memory.append(parse_id(stream_id), entry)
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

    async def _prove(self, client: redis.asyncio.Redis) -> None:
        """Raises LogLost unless the stream is a continuation of what was read. Reading on and
        counting happen at one moment, so that it is known under any traffic."""
        self._proved_at = time.monotonic()
        pipe = client.pipeline(transaction=True)
        pipe.xread({STREAM: str(self.memory.newest)}, BATCH)
        pipe.get(EPOCH)
        pipe.exists(STREAM)
        pipe.xinfo_stream(STREAM)
        found, born, exists, info = await pipe.execute(raise_on_error=False)
        if born != self._born:
            raise LogLost
        end = parse_id(info["last-generated-id"]) if exists else ZERO
        if end < self.memory.newest:
            await self._end_epoch(client)
            raise LogLost
        for stream_id, fields in _entries(found):
            await self._take(parse_id(stream_id), fields)
        if exists and end == self.memory.newest and info["entries-added"] != self._counted:
            raise LogLost

    async def _end_epoch(self, client: redis.asyncio.Redis) -> None:
        """Its ids are being given out again; whoever finds that first ends it for all."""
        await client.eval(DELETE_IF_EQUAL, 1, EPOCH, self._born or b"")


def _stop_if_cancelled() -> None:
    """A cancellation that meets the end of a read may get lost in the client's time-outs, or come
    out of it as one of them."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


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
