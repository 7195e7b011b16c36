"""Who listens in this process: topics to subscribers, each body encoded once."""

from collections.abc import Iterable
from typing import Protocol

from helpdesk.realtime.entry import Entry
from helpdesk.realtime.memory import frame, with_topic
from helpdesk.realtime.position import StreamId


class Subscriber(Protocol):
    """Anything that takes events: a socket's session, or somebody waiting in a long poll."""

    topics: set[str]

    def deliver(self, stream_id: StreamId, text: str) -> None: ...

    def reset(self) -> None: ...


class Hub:
    def __init__(self) -> None:
        self.epoch = ""
        self.newest_at: str | None = None
        self._by_topic: dict[str, set[Subscriber]] = {}
        self.subscribers: set[Subscriber] = set()

    def add(self, subscriber: Subscriber) -> None:
        self.subscribers.add(subscriber)

    def remove(self, subscriber: Subscriber) -> None:
        self.unsubscribe(subscriber, list(subscriber.topics))
        self.subscribers.discard(subscriber)

    def subscribe(self, subscriber: Subscriber, topics: Iterable[str]) -> None:
        for topic in topics:
            subscriber.topics.add(topic)
            self._by_topic.setdefault(topic, set()).add(subscriber)

    def unsubscribe(self, subscriber: Subscriber, topics: Iterable[str]) -> None:
        for topic in topics:
            subscriber.topics.discard(topic)
            hearers = self._by_topic.get(topic)
            if hearers is not None:
                hearers.discard(subscriber)
                if not hearers:
                    del self._by_topic[topic]

    def hearers(self, topic: str) -> set[Subscriber]:
        return set(self._by_topic.get(topic, ()))

    def dispatch(self, stream_id: StreamId, entry: Entry) -> None:
        """Hands an entry to each of its hearers once, under the first of its topics he has."""
        at = self.newest_at = f"{self.epoch}.{stream_id}"
        told: set[Subscriber] = set()
        for topic in entry.topics:
            hearers = self._by_topic.get(topic)
            body = entry.body_for(topic) if hearers else ""
            if not hearers or not body:
                continue
            text = frame(at, with_topic(body, topic))
            for hearer in hearers - told if told else tuple(hearers):
                hearer.deliver(stream_id, text)
            told |= hearers

    def reset_all(self) -> None:
        for subscriber in tuple(self.subscribers):
            subscriber.reset()
