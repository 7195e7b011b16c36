from collections.abc import AsyncIterator

import pytest_asyncio

from tests.people import People
from tests.support.live import _end_connections, _quick_emptying, _same_sigterm
from tests.support.sockets import Socket

__all__ = ["_end_connections", "_quick_emptying", "_same_sigterm"]


@pytest_asyncio.fixture
async def vera(people: People) -> AsyncIterator[Socket]:
    """Vera's socket, welcomed."""
    async with Socket.of_visitor(people.inbox, people.vera_token) as socket:
        await socket.hello()
        yield socket


@pytest_asyncio.fixture
async def alice(people: People) -> AsyncIterator[Socket]:
    """Alice's socket, welcomed, with her own arrival behind it."""
    async with await Socket.of_agent(people.alice) as socket:
        await socket.hello()
        await socket.expect("agent.status")
        yield socket
