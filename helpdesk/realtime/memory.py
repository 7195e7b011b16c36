"""The newest part of the live log, kept in this process: what resume is served from."""

from collections import deque
from collections.abc import Collection

from helpdesk.realtime.entry import Entry
from helpdesk.realtime.position import ZERO, StreamId

REPLAY_LIMIT = 500
Kept = tuple[StreamId, Entry]


class LogMemory:
    """At most `limit` entries, indexed by topic; `floor` is the id after which all is here."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.floor: StreamId = ZERO
        self.newest: StreamId = ZERO
        self._entries: deque[Kept] = deque()
        self._by_topic: dict[str, deque[Kept]] = {}

    def restart(self, newest: StreamId, *, floor: StreamId) -> None:
        """Forgets everything; what comes after `floor` will be here."""
        self._entries.clear()
        self._by_topic.clear()
        self.newest, self.floor = newest, floor

    def append(self, stream_id: StreamId, entry: Entry) -> None:
        self.newest = stream_id
        if not entry.keep:
            return
        kept = (stream_id, entry)
        self._entries.append(kept)
        for topic in entry.topics:
            self._by_topic.setdefault(topic, deque()).append(kept)
        if len(self._entries) > self.limit:
            self._drop_oldest()

    def since(self, last: StreamId, topics: Collection[str]) -> list[tuple[StreamId, str]] | None:
        """Frames' bodies after `last` for these topics: (id, `"topic":…` body) in order.

        None when completeness cannot be promised: `last` is older than the oldest kept, or more
        than 500 have been missed.
        """
        if last < self.floor:
            return None
        found: dict[StreamId, tuple[str, Entry]] = {}
        for topic in topics:
            for stream_id, entry in reversed(self._by_topic.get(topic, ())):
                if stream_id <= last:
                    break
                if entry.body_for(topic):
                    found.setdefault(stream_id, (topic, entry))
                if len(found) > REPLAY_LIMIT:
                    return None
        return [
            (stream_id, with_topic(entry.body_for(topic), topic))
            for stream_id, (topic, entry) in sorted(found.items())
        ]

    def _drop_oldest(self) -> None:
        self.floor, entry = self._entries.popleft()
        for topic in entry.topics:
            index = self._by_topic[topic]
            index.popleft()
            if not index:
                del self._by_topic[topic]


def with_topic(body: str, topic: str) -> str:
    """The body's members with its topic in front, ready for `at`: everything after `{"at":…,`."""
    return f'"topic":"{topic}",{body[1:]}'


def frame(at: str, rest: str) -> str:
    """A whole event as it goes over the wire."""
    return f'{{"at":"{at}",{rest}'
