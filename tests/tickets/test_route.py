"""The matcher and the queue, one thread at a time; `tests/races` does it with many."""

from datetime import timedelta

import pytest

from helpdesk.accounts.models import Team, User
from helpdesk.core import clock
from helpdesk.realtime import presence
from tests import make
from tests.people import People
from tests.tickets.look import last_fact, said, stored
from tickets.actions.assign import assign
from tickets.actions.route import route_ticket, route_waiting
from tickets.actions.solve import solve
from tickets.actions.triage import wait_for_customer
from tickets.models import Ticket
from tickets.queries.queue import position_of, positions, waiting_tickets
from tickets.queries.rows import TicketRow


def come(*agents: User) -> None:
    presence.renew(agents=[agent.pk for agent in agents])


def owner(row: TicketRow) -> int | None:
    return stored(row).assignee_id


def test_a_waiting_chat_finds_an_agent(people: People, ticket: TicketRow) -> None:
    come(people.alice)
    assert route_ticket(ticket.id)
    assert owner(ticket) == people.alice.pk
    assert said(ticket)[2:] == ["assigned", "joined"]
    data = {"agent": people.alice.pk, "previous": None, "over": False}
    *what, told = last_fact(ticket)
    assert what == ["assigned", "system", None]
    assert told.items() >= data.items()
    assert (told["queue"], told["waited"] < 60) == (people.support.pk, True)
    assert not route_ticket(ticket.id)


@pytest.mark.parametrize("availability", ["busy", "away", "offline"])
def test_only_to_those_who_are_online(people: People, ticket: TicketRow, availability: str) -> None:
    come(people.alice)
    User.objects.filter(pk=people.alice.pk).update(availability=availability)
    assert not route_ticket(ticket.id)


def test_only_to_those_who_are_there(people: People, ticket: TicketRow) -> None:
    assert not route_ticket(ticket.id)
    come(people.charlie)
    assert not route_ticket(ticket.id), "he is of another team"
    presence.mark_unknown()
    assert route_ticket(ticket.id), "nobody counts as gone while presence is unknown"


def test_not_to_the_deactivated(people: People, ticket: TicketRow) -> None:
    come(people.alice)
    User.objects.filter(pk=people.alice.pk).update(is_active=False)
    assert not route_ticket(ticket.id)


def test_the_queue_drains_as_far_as_capacity_goes_oldest_first(people: People) -> None:
    rows = [make.ticket(people.vera) for _ in range(5)]
    come(people.alice)
    assert route_waiting() == 3
    assert [owner(row) for row in rows] == [people.alice.pk] * 3 + [None] * 2
    solve(make.viewer(people.alice), rows[0].id)
    assert route_waiting() == 1
    assert [owner(row) is None for row in rows[3:]] == [False, True]


def test_load_is_shared(people: People) -> None:
    rows = [make.ticket(people.vera) for _ in range(4)]
    come(people.alice, people.bob)
    route_waiting()
    owners = [owner(row) for row in rows]
    assert owners.count(people.alice.pk) == owners.count(people.bob.pk) == 2


def test_what_does_not_wait_is_left_alone(people: People) -> None:
    done, pending, taken = (make.ticket(people.vera) for _ in range(3))
    solve(people.vera, done.id)
    wait_for_customer(make.viewer(people.bob), pending.id)
    assign(make.viewer(people.bob), taken.id, agent_id=people.bob.pk)
    come(people.alice)
    assert route_waiting() == 0
    assert not any(route_ticket(row.id) for row in (done, pending, taken))
    assert waiting_tickets(10) == []


def queued(row: TicketRow, minutes: int, team: Team | None = None) -> None:
    moment = clock.now() - timedelta(minutes=minutes)
    Ticket.objects.filter(pk=row.number).update(queued_at=moment, team=team)


def test_places_are_counted_in_the_queue_of_the_team(people: People) -> None:
    first, second, elsewhere, of_inbox = (make.ticket(people.vera) for _ in range(4))
    queued(first, 9, people.support)
    queued(second, 7, people.support)
    queued(elsewhere, 8, people.sales)
    queued(of_inbox, 6)  # no team of its own: its inbox's team answers it
    places = {ticket: place for ticket, _, place in positions()}
    assert places == {first.id: 1, second.id: 2, elsewhere.id: 1, of_inbox.id: 3}
    assert {row.id: position_of(row.id) for row in (first, second, elsewhere, of_inbox)} == places
    solve(people.vera, first.id)
    assert (position_of(first.id), position_of(second.id)) == (None, 1)


def test_everybody_has_a_place_however_long_the_queue(people: People) -> None:
    rows = [make.ticket(people.vera) for _ in range(3)]
    assert len(positions(limit=2)) == 2
    assert [position_of(row.id) for row in rows] == [1, 2, 3]
