"""`at`, the number of an announcement: `<epoch>.<ms>-<n>`; nobody numbers but Redis.

The epoch is Redis' `run_id` and a word beside the stream, which is lost with it and replaced
when the stream has gone back: both can happen while Redis runs on.
"""

from typing import NamedTuple

import structlog
from redis import RedisError, ResponseError

from helpdesk.realtime.redis import EPOCH, STREAM, client

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
    pipe = client().pipeline(transaction=True)
    pipe.info("server")
    pipe.get(EPOCH)
    pipe.xinfo_stream(STREAM)
    try:
        server, born, stream = pipe.execute(raise_on_error=False)
    except RedisError as error:
        log.warning("live.at_unknown", error=str(error))
        return None
    # No such key: nothing has been said yet.
    end = ZERO if isinstance(stream, ResponseError) else parse_id(stream["last-generated-id"])
    return f"{epoch_of(server, born)}.{end}"


def epoch_of(server: dict[str, str], born: bytes | None) -> str:
    """Ids are comparable within one: one life of Redis, and one life of the log in it."""
    return server["run_id"] + (born or b"").decode()


def id_in_epoch(at: str, epoch: str) -> StreamId | None:
    """The stream id of a client's `at`, or None when it is of another epoch or nonsense."""
    try:
        found, stream_id = parse_at(at)
    except ValueError:
        return None
    return stream_id if found == epoch else None
