"""What each act tells the apps above."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from helpdesk.accounts.actions import set_active, set_availability
from helpdesk.realtime import bus, presence
from tests import make
from tests.people import People
from tickets import events
from tickets.actions.assign import assign, transfer
from tickets.actions.reopen import reopen
from tickets.actions.route import route_ticket
from tickets.actions.solve import solve
from tickets.models import Ticket
from tickets.queries.rows import TicketRow

CLASSES = [
    each
    for each in vars(events).values()
    if isinstance(each, type) and issubclass(each, bus.Event) and each is not bus.Event
]
News = list[bus.Event]


@contextmanager
def listening() -> Iterator[News]:
    heard: News = []
    for each in CLASSES:
        bus.receive_within(each, heard.append)
    try:
        yield heard
    finally:
        for each in CLASSES:
            bus._within[each].remove(heard.append)


@pytest.fixture
def news() -> Iterator[News]:
    with listening() as heard:
        yield heard


def names(news: News) -> list[str]:
    return [type(event).__name__ for event in news]


def assigned(row: TicketRow, agent: int | None, previous: int | None) -> events.TicketAssigned:
    return events.TicketAssigned(ticket_id=row.number, agent_id=agent, previous_agent_id=previous)


def test_a_start_is_told_once(people: People, news: News) -> None:
    row = make.ticket(people.vera)
    assert news == [events.TicketStarted(ticket_id=row.number)]


def test_only_the_first_reply_is_news(people: People, ticket: TicketRow, news: News) -> None:
    alice = make.viewer(people.alice)
    make.reply(people.vera, ticket)
    make.note(alice, ticket)
    make.reply(alice, ticket)
    make.reply(alice, ticket)
    assert news == [events.FirstReply(ticket_id=ticket.number, agent_id=people.alice.pk)]


def test_who_has_it_is_told_each_time(people: People, ticket: TicketRow, news: News) -> None:
    alice, bob = people.alice.pk, people.bob.pk
    mona = make.viewer(people.mona)
    presence.renew(agents=[alice])
    route_ticket(ticket.id)
    assign(mona, ticket.id, agent_id=bob)
    assign(mona, ticket.id, agent_id=bob)
    assign(mona, ticket.id, agent_id=None)
    transfer(mona, ticket.id, team_id=people.sales.pk)
    assign(mona, ticket.id, agent_id=alice)
    transfer(mona, ticket.id, team_id=people.support.pk)
    assign(mona, ticket.id, agent_id=bob)
    set_active(mona, people.bob, active=False)
    expected = [
        (alice, None), (bob, alice), (None, bob), (alice, None),
        (None, alice), (bob, None), (None, bob),
    ]  # fmt: skip
    assert news == [assigned(ticket, *pair) for pair in expected]


def test_the_end_and_the_way_back(people: People, ticket: TicketRow, news: News) -> None:
    alice = make.viewer(people.alice)
    assign(alice, ticket.id, agent_id=people.alice.pk)
    solve(alice, ticket.id)
    solve(alice, ticket.id)
    reopen(alice, ticket.id)
    solve(people.vera, ticket.id)
    set_availability(people.alice.pk, "away")
    make.reply(people.vera, ticket)
    assert names(news) == [
        "TicketAssigned", "TicketSolved", "TicketReopened", "TicketSolved",
        "TicketReopened", "TicketAssigned",
    ]  # fmt: skip
    assert news[-1] == assigned(ticket, None, people.alice.pk)


def test_a_receiver_that_fails_takes_the_act_with_it(people: People, ticket: TicketRow) -> None:
    def refuse(_event: events.TicketSolved) -> None:
        raise RuntimeError("not today")

    bus.receive_within(events.TicketSolved, refuse)
    try:
        with pytest.raises(RuntimeError, match="not today"):
            solve(people.vera, ticket.id)
    finally:
        bus._within[events.TicketSolved].remove(refuse)
    assert Ticket.objects.get(pk=ticket.number).status == "open"


def test_a_chain_of_news_ends(people: People, ticket: TicketRow) -> None:
    news = events.TicketReopened(ticket_id=ticket.number)
    depth: list[int] = []

    def again(event: events.TicketReopened) -> None:
        depth.append(1)
        bus.emit(event)

    bus.receive_within(events.TicketReopened, again)
    try:
        with pytest.raises(RuntimeError, match="chain deeper"):
            bus.emit(news)
    finally:
        bus._within[events.TicketReopened].remove(again)
    assert len(depth) == bus.MAX_DEPTH
