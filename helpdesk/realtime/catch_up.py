"""Resume: what a client has missed, from this process's memory, or `reset`."""

import asyncio
from collections.abc import Collection
from typing import TYPE_CHECKING

from helpdesk.realtime.memory import frame
from helpdesk.realtime.position import StreamId, id_in_epoch

if TYPE_CHECKING:
    from helpdesk.realtime.runtime import Runtime
    from helpdesk.realtime.session import Session

AHEAD_SECONDS = 1.0
AHEAD_STEP = 0.01


async def catch_up(
    runtime: "Runtime", session: "Session", last: str | None, topics: Collection[str]
) -> None:
    """Replays to a session what came after `last` on these topics; None means a new client."""
    if last is None:
        return
    events = await missed(runtime, topics, last)
    if events is None:
        session.reset()
        return
    for stream_id, text in events:
        session.deliver(stream_id, text)


async def missed(
    runtime: "Runtime", topics: Collection[str], last: str
) -> list[tuple[StreamId, str]] | None:
    """Whole frames after `last`, or None when completeness cannot be promised."""
    position = id_in_epoch(last, runtime.hub.epoch)
    if position is None or not await _reached(runtime, position):
        return None
    found = runtime.memory.since(position, topics)
    if found is None:
        return None
    epoch = runtime.hub.epoch
    return [(stream_id, frame(f"{epoch}.{stream_id}", rest)) for stream_id, rest in found]


async def _reached(runtime: "Runtime", position: StreamId) -> bool:
    """A snapshot may be newer than what this process has read: waits a moment for the reader. One
    that stays ahead comes from a log that has gone back."""
    deadline = asyncio.get_running_loop().time() + AHEAD_SECONDS
    while runtime.memory.newest < position:
        if asyncio.get_running_loop().time() > deadline:
            return False
        await asyncio.sleep(AHEAD_STEP)
    return True
