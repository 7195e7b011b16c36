"""Group commit without a timer: a batch is whatever arrived while the last commit was under way.

One thread a process. It knows nothing of what it writes: `write(items)` gives an outcome per item,
None for those to be tried again with the next batch.
"""

import asyncio
import queue
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import structlog
from django.db import InterfaceError, OperationalError, connection
from prometheus_client import Counter, Histogram

from helpdesk.core.errors import Busy, DomainError

log = structlog.get_logger(__name__)
I = TypeVar("I")  # noqa: E741  item
O = TypeVar("O")  # noqa: E741  outcome
BATCH = 200
HELD_SECONDS = 5.0
HELD_PAUSE = 0.01
REST_AFTER_SECONDS = 0.5
DATABASE_AWAY_SECONDS = 8.0
AWAY_PAUSE = 0.2
BATCH_SIZE = Histogram(
    "helpdesk_writer_batch_size", "Messages in one commit", buckets=(1, 2, 5, 10, 20, 50, 100, 200)
)
FAILED = Counter("helpdesk_writer_failed_batches", "Batches that raised and were tried again")


@dataclass(slots=True)
class _Job(Generic[I, O]):
    item: I
    loop: asyncio.AbstractEventLoop
    done: Callable[[O | DomainError], None]
    since: float


class GroupWriter(Generic[I, O]):
    def __init__(
        self, write: Callable[[Sequence[I]], list[O | DomainError | None]], idle: Callable[[], None]
    ) -> None:
        """`idle()` runs on the writer's thread once nothing has come for a while: a commit of its
        own would stand in the way of the next message."""
        self._write, self._idle = write, idle
        self._queue: queue.SimpleQueue[_Job[I, O]] = queue.SimpleQueue()
        self._start = threading.Lock()
        self._thread: threading.Thread | None = None

    def submit(self, item: I, done: Callable[[O | DomainError], None]) -> None:
        """From a loop; `done(outcome)` is called on that loop, after the commit."""
        if self._thread is None:
            self._begin()
        self._queue.put(_Job(item, asyncio.get_running_loop(), done, time.monotonic()))

    def _begin(self) -> None:
        with self._start:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        held: list[_Job[I, O]] = []
        wait: float | None = None
        while True:
            batch = held + self._take(wait=wait, room=BATCH - len(held))
            if not batch:
                self._rest()
                wait = None
                continue
            BATCH_SIZE.observe(len(batch))
            held = self._finish(batch, self._write_all(batch))
            wait = HELD_PAUSE if held else REST_AFTER_SECONDS

    def _take(self, *, wait: float | None, room: int) -> list["_Job[I, O]"]:
        jobs: list[_Job[I, O]] = []
        try:
            jobs.append(self._queue.get(timeout=wait))
            while len(jobs) < room:
                jobs.append(self._queue.get_nowait())
        except queue.Empty:
            pass
        return jobs

    def _write_all(self, batch: list["_Job[I, O]"]) -> list[O | DomainError | None]:
        """The batch's outcomes. A lost connection: the same batch again, `ref` makes it harmless.
        Anything else: one by one, so that only the culprit gets an error."""
        items = [job.item for job in batch]
        give_up_at = time.monotonic() + DATABASE_AWAY_SECONDS
        while True:
            try:
                return self._write(items)
            except (OperationalError, InterfaceError) as error:
                FAILED.inc()
                log.warning("writer.connection_lost", error=str(error), messages=len(items))
                connection.close()
                if time.monotonic() > give_up_at:
                    return [Busy() for _ in items]
                time.sleep(AWAY_PAUSE)  # on the writer's own thread, which has nothing else to do
            except Exception:
                FAILED.inc()
                log.exception("writer.batch_failed", messages=len(items))
                _distrust_connection()
                if len(items) == 1:
                    return [Busy()]
                return [self._write_all([job])[0] for job in batch]

    def _finish(
        self, batch: list["_Job[I, O]"], outcomes: list[O | DomainError | None]
    ) -> list["_Job[I, O]"]:
        """Tells each loop all its results in one hop; gives back the jobs to be tried again."""
        held, told = [], defaultdict(list)
        now = time.monotonic()
        for job, outcome in zip(batch, outcomes, strict=True):
            if outcome is not None:
                told[job.loop].append((job.done, outcome))
            elif now - job.since > HELD_SECONDS:
                told[job.loop].append((job.done, Busy()))
            else:
                held.append(job)
        for loop, results in told.items():
            try:
                loop.call_soon_threadsafe(_call_all, results)
            except RuntimeError:  # closed meanwhile: nobody is left to hear it
                log.info("writer.nobody_waits", messages=len(results))
        return held

    def _rest(self) -> None:
        try:
            self._idle()
        except (OperationalError, InterfaceError) as error:
            log.warning("writer.idle_failed", error=str(error))
            connection.close()
        except Exception:
            # Nobody would write any more if this thread ended over its tidying.
            log.exception("writer.idle_failed")
            _distrust_connection()


def _distrust_connection() -> None:
    """After an exception that nobody foresaw, the connection may be left without autocommit: then
    Django takes every later batch for part of a larger transaction, and nothing that is
    acknowledged would ever be committed. A new connection begins clean."""
    connection.close()


def _call_all(results: list[tuple[Callable[[O | DomainError], None], O | DomainError]]) -> None:
    for done, outcome in results:
        done(outcome)
