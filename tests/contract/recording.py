"""What a screen would have heard of an action: the live log's entries, handed out by the hub."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

import orjson
from redis import Redis

from helpdesk.realtime.entry import Entry, unpack
from helpdesk.realtime.hub import Hub
from helpdesk.realtime.position import StreamId, parse_id
from helpdesk.realtime.redis import STREAM

Said = list[tuple[StreamId, Entry]]


def said_since(redis: Redis, last: StreamId) -> Said:
    found: Any = redis.xrange(STREAM, min=f"({last}")
    return [(parse_id(stream_id), unpack(fields[b"e"])) for stream_id, fields in found]


def newest(redis: Redis) -> StreamId:
    found: Any = redis.xrevrange(STREAM, count=1)
    return parse_id(found[0][0]) if found else StreamId(0, 0)


@dataclass(eq=False)
class Ear:
    """A subscriber that writes down its frames; `allowed` asks the visibility rule again."""

    allowed: Callable[[Iterable[str]], set[str]]
    topics: set[str] = field(default_factory=set)
    frames: list[dict[str, Any]] = field(default_factory=list)

    def deliver(self, stream_id: StreamId, text: str) -> None:
        self.frames.append(orjson.loads(text))

    def reset(self) -> None:
        raise AssertionError("nothing was lost")


class Screen(Protocol):
    """One browser of one person."""

    def topics(self, snapshot: Any) -> set[str]: ...
    def snapshot(self) -> Any: ...
    def allowed(self, topics: Iterable[str]) -> set[str]: ...
    def job(self) -> dict[str, Any]: ...


def frames_heard(said: Said, ear: Ear, epoch: str) -> list[dict[str, Any]]:
    """Entry by entry, with the rights taken away as a web process does (`Reader`)."""
    hub = Hub()
    hub.epoch = epoch
    hub.subscribe(ear, ear.topics.copy())
    for stream_id, entry in said:
        hub.dispatch(stream_id, entry)
        kind, _, _subject = entry.access.partition(":")
        checked = ear.topics & {entry.access} if kind == "ticket" else ear.topics.copy()
        lost = checked - ear.allowed(checked) if entry.access else set()
        for topic in sorted(lost):
            hub.unsubscribe(ear, [topic])
            ear.frames.append({"type": "unsubscribed", "topic": topic})
    return ear.frames
