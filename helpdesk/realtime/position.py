"""`at`, the number of an announcement: `<epoch>.<ms>-<n>`; nobody numbers but Redis."""

from typing import NamedTuple

import structlog
from redis import RedisError, ResponseError

from helpdesk.realtime.redis import STREAM, client

log = structlog.get_logger(__name__)


class StreamId(NamedTuple):
    ms: int
    n: int

    def __str__(self) -> str:
        return f"{self.ms}-{self.n}"


ZERO = StreamId(0, 0)


def parse_id(text: str | bytes) -> StreamId:
    """Raises ValueError for anything but `<ms>-<n>`."""
    ms, _, n = (text.decode() if isinstance(text, bytes) else text).partition("-")
    return StreamId(int(ms), int(n))


def parse_at(text: str) -> tuple[str, StreamId]:
    """(epoch, id) of an `at`. Raises ValueError."""
    epoch, _, rest = text.partition(".")
    return epoch, parse_id(rest)


def current_at() -> str | None:
    """Where the live log ends now; None when Redis does not answer.

    A snapshot reads it before its first query, so that whatever it misses is replayed.
    """
    try:
        epoch = client().info("server")["run_id"]
        end = stream_end()
    except RedisError as error:
        log.warning("live.at_unknown", error=str(error))
        return None
    return f"{epoch}.{end}"


def stream_end() -> StreamId:
    try:
        info = client().xinfo_stream(STREAM)
    except ResponseError:  # no such key: nothing has been said yet
        return ZERO
    return parse_id(info["last-generated-id"])


def id_in_epoch(at: str, epoch: str) -> StreamId | None:
    """The stream id of a client's `at`, or None when it is of another epoch or nonsense."""
    try:
        found, stream_id = parse_at(at)
    except ValueError:
        return None
    return stream_id if found == epoch else None
