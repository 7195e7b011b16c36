"""One announcement of the live log: who may hear it, and the two encoded bodies."""

from collections.abc import Iterable
from dataclasses import dataclass

VISITOR_PREFIX = "visitor:"


@dataclass(frozen=True, slots=True)
class Entry:
    """`staff` and `public` are JSON objects, encoded once, without `at` and `topic`.

    Topics that begin with `visitor:` are only ever handed `public`, all others only `staff`.
    `access` names what has to be checked again before anything later is handed on:
    `ticket:<uuid>` or `user:<id>`; "" for nothing. `keep` is false for what is never replayed.
    """

    topics: tuple[str, ...]
    staff: str = ""
    public: str = ""
    keep: bool = True
    access: str = ""

    def body_for(self, topic: str) -> str:
        return self.public if topic.startswith(VISITOR_PREFIX) else self.staff


def pack(entry: Entry) -> bytes:
    """Five lines; JSON as our encoder writes it has no line break inside."""
    head = f"{' '.join(entry.topics)}\n{'k' if entry.keep else '-'}\n{entry.access}\n"
    return (head + entry.staff + "\n" + entry.public).encode()


def unpack(data: bytes) -> Entry:
    topics, keep, access, staff, public = data.decode().split("\n")
    return Entry(tuple(topics.split(" ")), staff, public, keep == "k", access)


def pack_all(entries: Iterable[Entry]) -> bytes:
    return b"\n\n".join(pack(entry) for entry in entries)


def unpack_all(data: bytes) -> list[Entry]:
    """The inverse of `pack_all`; five lines an entry, and an empty one between two."""
    lines = data.decode().split("\n")
    return [
        unpack("\n".join(lines[start : start + 5]).encode()) for start in range(0, len(lines), 6)
    ]
