from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio

from tests.chat.mailing import answer_who_has_gone
from tests.people import People
from tests.support.live import _end_connections, _quick_emptying, _same_sigterm
from tests.support.smtp import MailServer, mail_server
from tests.support.sockets import Socket
from tickets.queries.rows import TicketRow

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


@pytest.fixture
def post(settings: Any) -> Iterator[MailServer]:
    """A mail server, and mails that go through it."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.DEFAULT_FROM_EMAIL = "Help <help@desk.example>"
        yield server


@pytest.fixture
def answered(people: People) -> TicketRow:
    return answer_who_has_gone(people)
