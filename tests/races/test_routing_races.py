"""Many routers, many agents, one queue: on PostgreSQL, with threads."""

from collections import Counter

import pytest

from helpdesk.accounts.models import User
from helpdesk.accounts.viewer import Staff
from helpdesk.core.errors import OverCapacity
from helpdesk.realtime import presence
from tests import make
from tests.people import People
from tests.races.crowd import assert_nobody_is_over_capacity, assert_numbered_without_gaps, waiting
from tests.races.threads import one_after_another, race
from tickets.actions.assign import assign
from tickets.actions.route import route_ticket, route_waiting
from tickets.actions.solve import solve
from tickets.models import Message, Ticket

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def agents(people: People, number: int) -> list[User]:
    made = [make.user(teams=(people.support,)) for _ in range(number)]
    presence.renew(agents=[agent.pk for agent in made])
    return made


def owners() -> Counter[int]:
    taken = Ticket.objects.exclude(assignee=None)
    return Counter(taken.values_list("assignee_id", flat=True))


def assert_one_owner_each() -> None:
    """Nobody was given a chat that another had: every ticket was joined at most once."""
    joined = Counter(Message.objects.filter(event="joined").values_list("ticket_id", flat=True))
    assert set(joined.values()) <= {1}
    assert set(joined) == set(
        Ticket.objects.exclude(assignee=None).values_list("number", flat=True)
    )


def test_two_hundred_chats_and_twenty_agents(people: People) -> None:
    crowd = agents(people, 20)
    tickets = waiting(people, 200)
    by_one = [
        one_after_another(lambda ticket=ticket: route_ticket(ticket) for ticket in tickets[n:90:3])
        for n in range(3)
    ]
    race(*[route_waiting] * 3, *by_one)
    route_waiting()  # the sweep: for what was held by somebody just then
    assert owners() == {agent.pk: 3 for agent in crowd}
    assert_one_owner_each()
    assert_numbered_without_gaps()


def test_whatever_becomes_free_is_filled_again(people: People) -> None:
    crowd = agents(people, 5)
    waiting(people, 60)
    route_waiting()
    mona = make.viewer(people.mona)
    taken = list(Ticket.objects.exclude(assignee=None).values_list("public_id", flat=True))

    def solve_and_route(tickets: list[object]) -> None:
        for ticket in tickets:
            solve(mona, ticket)  # type: ignore[arg-type]
            route_waiting()

    race(*[lambda part=taken[n::3]: solve_and_route(part) for n in range(3)], route_waiting)
    route_waiting()
    live = Ticket.objects.filter(status="open")
    assert live.exclude(assignee=None).count() == 3 * len(crowd)
    assert_nobody_is_over_capacity()
    assert_one_owner_each()


def test_a_hand_against_the_router(people: People) -> None:
    crowd = agents(people, 4)
    tickets = waiting(people, 30)
    mona = make.viewer(people.mona)

    def by_hand(viewer: Staff, part: list[object]) -> int:
        refused = 0
        for n, ticket in enumerate(part):
            try:
                assign(viewer, ticket, agent_id=crowd[n % 4].pk)  # type: ignore[arg-type]
            except OverCapacity:
                refused += 1
        return refused

    race(
        lambda: by_hand(mona, tickets[:20]),
        lambda: by_hand(mona, tickets[::-1][:20]),
        route_waiting,
        route_waiting,
    )
    route_waiting()
    assert_nobody_is_over_capacity()
    assert sum(owners().values()) == 3 * len(crowd)
    assert_numbered_without_gaps()
