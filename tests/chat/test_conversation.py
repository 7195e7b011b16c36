"""A visitor and an agent talk over sockets."""

import pytest

from tests.people import People
from tests.support.sockets import Socket

pytestmark = pytest.mark.django_db(transaction=True)


async def test_both_directions(people: People) -> None:
    async with (
        Socket.of_visitor(people.inbox, people.vera_token) as vera,
        await Socket.of_agent(people.alice) as alice,
    ):
        await vera.hello()
        await alice.hello()
        await alice.subscribe(f"team:{people.support.pk}")
        ticket = await vera.start("Do you have it in oak?")
        heard = await alice.message("Do you have it in oak?")
        assert heard["ticket"] == str(ticket)
        ref = await alice.write("We do.", ticket)
        assert (await alice.expect("ack"))["ref"] == str(ref)
        event = await vera.message("We do.")
        assert event["message"]["author"] == {"kind": "agent", "name": "Alice"}
        await vera.until_quiet()
        await vera.silent()
