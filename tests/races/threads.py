"""Real threads, each with its own connection, let go at the same moment."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

LIMIT_SECONDS = 60  # a deadlock is not slow, it is for ever; a busy machine is slow


def race(*works: Callable[[], Any]) -> list[Any]:
    """Runs all works at once; their results in order. Raises what the first of them raised."""
    start = threading.Barrier(len(works))
    results: list[Any] = [None] * len(works)
    errors: list[BaseException] = []

    def run(place: int, work: Callable[[], Any]) -> None:
        try:
            start.wait(timeout=LIMIT_SECONDS)
            results[place] = work()
        except BaseException as error:  # noqa: BLE001  handed to the test's own thread
            errors.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(place, work), daemon=True)
        for place, work in enumerate(works)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=LIMIT_SECONDS)
    assert not [thread for thread in threads if thread.is_alive()], "somebody waits for ever"
    if errors:
        raise errors[0]
    return results


def one_after_another(works: Iterable[Callable[[], Any]]) -> Callable[[], list[Any]]:
    """What one thread does."""
    listed = list(works)
    return lambda: [work() for work in listed]
