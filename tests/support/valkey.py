"""A Redis of the test's own, to break it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis

from helpdesk.devstack import processes
from helpdesk.devstack.valkey import Valkey

DUMP = "dump.rdb"


class Log:
    """The server with the live log on it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.server = Valkey(home, processes.free_port(), home / "log", throwaway=True)

    @property
    def url(self) -> str:
        return self.server.url()

    def client(self) -> Redis:
        return Redis.from_url(self.url)

    def save(self) -> bytes:
        """Writes its file; what stands in it."""
        with self.client() as redis:
            redis.save()
        return (self.home / DUMP).read_bytes()

    def restart(self, content: bytes | None = None) -> None:
        """Comes back with what was saved, with this content, or (b"") with nothing."""
        self.server.stop()
        if content is not None:
            (self.home / DUMP).unlink(missing_ok=True)
            if content:
                (self.home / DUMP).write_bytes(content)
        self.server.start()

    def cut(self) -> None:
        """Every connection but the one that asks."""
        with self.client() as redis:
            redis.client_kill_filter(_type="normal", skipme=True)


@contextmanager
def own_log() -> Iterator[Log]:
    with tempfile.TemporaryDirectory(prefix="helpdesk-log-") as home:
        log = Log(Path(home))
        log.server.start()
        try:
            yield log
        finally:
            log.server.stop()
