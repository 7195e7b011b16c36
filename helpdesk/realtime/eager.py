"""Starting a coroutine at once: most never wait, and then need no task.

Python 3.12's eager tasks do the same; a frame to a client that reads is the common case here.
"""

import asyncio
import types
from collections.abc import Callable, Coroutine, Generator
from functools import partial
from typing import Any


def start_now(work: Coroutine[Any, Any, None]) -> "asyncio.Task[None] | None":
    """Runs `work` to its first wait; the task that goes on with it, or None when it is done.

    Until then it runs in the caller's task, so it must not use timeouts or cancel scopes.
    """
    try:
        awaited = work.send(None)
    except StopIteration:
        return None
    return asyncio.create_task(_rest(work, awaited))


async def _rest(work: Coroutine[Any, Any, None], awaited: Any) -> None:
    await _go_on(work, awaited)


@types.coroutine
def _go_on(work: Coroutine[Any, Any, None], awaited: Any) -> Generator[Any, Any, None]:
    step: Callable[[], Any]
    while True:
        try:
            result = yield awaited
        except BaseException as error:  # noqa: BLE001  whatever is thrown in belongs to `work`
            step = partial(work.throw, error)
        else:
            step = partial(work.send, result)
        try:
            awaited = step()
        except StopIteration:
            return
