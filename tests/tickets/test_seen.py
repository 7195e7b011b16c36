"""How far somebody has read."""

import pytest

from helpdesk.core.errors import NotFound
from tests import make
from tests.people import People
from tests.tickets.look import stored
from tickets.actions.assign import assign
from tickets.actions.seen import mark_seen
from tickets.models import TicketSeen
from tickets.queries.bodies import public_row
from tickets.queries.rows import TicketRow
from tickets.queries.tickets import fetch_ticket_for


def seen_by(user: object, row: TicketRow) -> tuple[int, int]:
    found = TicketSeen.objects.get(user=user, ticket_id=row.number)
    return found.seq, found.inbound_count


def test_an_agents_unread_goes_and_never_comes_back(people: People, ticket: TicketRow) -> None:
    alice = make.viewer(people.alice)
    make.reply(people.vera, ticket)
    make.reply(people.vera, ticket)
    mark_seen(alice, ticket.id, 3)
    assert seen_by(people.alice, ticket) == (3, 2)
    mark_seen(alice, ticket.id, 2)
    assert seen_by(people.alice, ticket) == (3, 2)
    mark_seen(alice, ticket.id, 99)
    assert seen_by(people.alice, ticket) == (4, 3)


def test_ticks_are_made_by_the_one_who_answers(people: People, ticket: TicketRow) -> None:
    assign(make.viewer(people.mona), ticket.id, agent_id=people.alice.pk)
    mark_seen(make.viewer(people.bob), ticket.id, 2)
    assert stored(ticket).agents_seen_seq == 0
    mark_seen(make.viewer(people.alice), ticket.id, 2)
    assert stored(ticket).agents_seen_seq == 2
    assert seen_by(people.bob, ticket) == (2, 1)


def test_nobodys_ticket_is_read_by_anybody(people: People, ticket: TicketRow) -> None:
    mark_seen(make.viewer(people.bob), ticket.id, 2)
    assert stored(ticket).agents_seen_seq == 2


def test_a_visitors_unread_goes_and_never_comes_back(people: People, ticket: TicketRow) -> None:
    alice = make.viewer(people.alice)
    for _ in range(3):
        make.reply(alice, ticket)
    mark_seen(people.vera, ticket.id, 4)
    assert (stored(ticket).contact_seen_seq, stored(ticket).contact_seen_outbound) == (4, 2)
    version = stored(ticket).version
    mark_seen(people.vera, ticket.id, 3)
    assert stored(ticket).version == version
    mark_seen(people.vera, ticket.id, 5)
    assert stored(ticket).contact_seen_outbound == 3


def test_ticks_do_not_count_the_notes(people: People, ticket: TicketRow) -> None:
    alice = make.viewer(people.alice)
    for _ in range(3):
        make.note(alice, ticket)
    mark_seen(alice, ticket.id, 99)
    mark_seen(people.vera, ticket.id, 99)
    row = fetch_ticket_for(alice, ticket.id)
    assert row.agents_seen_seq == 5
    shown = public_row(row)
    assert shown["contact_seen_seq"] == shown["agents_seen_seq"] == shown["last_seq"] == 2


def test_who_may_not(people: People, ticket: TicketRow) -> None:
    for stranger in (make.viewer(people.charlie), people.viktor):
        with pytest.raises(NotFound):
            mark_seen(stranger, ticket.id, 1)
    assert not TicketSeen.objects.exists()
