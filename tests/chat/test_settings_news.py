"""Who has the chat open sees what a manager has just settled."""

import pytest

from helpdesk.realtime.pool import run_db
from tests import make
from tests.people import People
from tests.support.sockets import Socket
from tickets.actions.inboxes import update_chat
from tickets.domain.chat_settings import Privacy

pytestmark = pytest.mark.django_db(transaction=True)


async def test_every_visitor_of_the_inbox_hears_and_nobody_else(
    people: People, vera: Socket, alice: Socket
) -> None:
    other = await run_db(make.inbox)
    _stranger, token = await run_db(make.visitor, other)
    async with Socket.of_visitor(other, token) as stranger:
        await stranger.hello()
        mona = await run_db(make.viewer, people.mona)
        await run_db(update_chat, mona, people.inbox, Privacy(follow_pages=False))
        assert (await vera.expect("config.changed"))["within_ms"] > 0
        await stranger.silent()
        await alice.silent()
