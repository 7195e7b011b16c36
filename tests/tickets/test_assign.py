"""Giving a ticket to an agent, to the queue, to another team."""

from uuid import uuid4

import pytest

from helpdesk.accounts.actions import delete_team, set_active
from helpdesk.core.errors import Closed, DomainError, Invalid, NotAllowed, NotFound, OverCapacity
from tests import make
from tests.people import People
from tests.tickets.look import facts, last_fact, said, stored
from tickets.actions.assign import assign, transfer
from tickets.actions.solve import solve
from tickets.models import Ticket
from tickets.queries.capacity import loads
from tickets.queries.rows import TicketRow


def fill(people: People) -> None:
    for _ in range(3):
        assign(make.viewer(people.mona), make.ticket(people.viktor).id, agent_id=people.alice.pk)


def test_an_agent_takes_it(people: People, ticket: TicketRow) -> None:
    row = assign(make.viewer(people.alice), ticket.id, agent_id=people.alice.pk)
    found = stored(ticket)
    assert (found.assignee_id, found.queued_at) == (people.alice.pk, None)
    assert (row.assignee_name, row.version) == ("Alice Adams", found.version)
    assert said(ticket)[2:] == ["assigned", "joined"]
    data = {"agent": people.alice.pk, "previous": None, "over": False}
    *what, told = last_fact(ticket)
    assert what == ["assigned", "agent", people.alice.pk]
    assert told.items() >= data.items()
    assert people.alice.capacity.last_assigned_at is None
    people.alice.capacity.refresh_from_db()
    assert people.alice.capacity.last_assigned_at is not None
    assert loads()[people.alice.pk] == (1, 3)


def test_back_to_the_queue_and_to_another(people: People, ticket: TicketRow) -> None:
    mona = make.viewer(people.mona)
    assign(mona, ticket.id, agent_id=people.alice.pk)
    assign(mona, ticket.id, agent_id=None)
    assert stored(ticket).queued_at is not None
    assert last_fact(ticket)[3] == {"agent": None, "previous": people.alice.pk, "over": False}
    assign(mona, ticket.id, agent_id=people.charlie.pk)
    assert (stored(ticket).assignee_id, stored(ticket).queued_at) == (people.charlie.pk, None)


def test_the_same_again_changes_nothing(people: People, ticket: TicketRow) -> None:
    mona = make.viewer(people.mona)
    assign(mona, ticket.id, agent_id=people.alice.pk)
    version = stored(ticket).version
    assign(mona, ticket.id, agent_id=people.alice.pk)
    assert stored(ticket).version == version


def test_beyond_capacity_only_when_confirmed_and_logged(people: People, ticket: TicketRow) -> None:
    fill(people)
    mona = make.viewer(people.mona)
    with pytest.raises(OverCapacity):
        assign(mona, ticket.id, agent_id=people.alice.pk)
    assert stored(ticket).assignee_id is None
    assign(mona, ticket.id, agent_id=people.alice.pk, over_capacity=True)
    data = {"agent": people.alice.pk, "previous": None, "over": True}
    *what, told = last_fact(ticket)
    assert what == ["assigned", "agent", people.mona.pk]
    assert told.items() >= data.items()
    assert loads()[people.alice.pk] == (4, 3)


def test_only_chats_take_a_slot(people: People) -> None:
    fill(people)
    mail = make.inbox(people.support, kind="email")
    row = make.ticket(make.visitor(mail)[0])
    assign(make.viewer(people.mona), row.id, agent_id=people.alice.pk)
    assert last_fact(row)[3]["over"] is False
    assert loads()[people.alice.pk] == (3, 3)


def test_who_may_not(people: People, ticket: TicketRow) -> None:
    alice = make.viewer(people.alice)
    refusals: list[tuple[type[DomainError], object, int | None]] = [
        (NotAllowed, make.without(alice, "assign"), people.bob.pk),
        (NotAllowed, make.without(alice, "assign"), None),
        (NotAllowed, make.without(alice, "reply"), people.alice.pk),
        (NotFound, make.viewer(people.charlie), people.charlie.pk),
        (NotFound, alice, 0),
        (NotFound, alice, make.user(is_active=False).pk),
    ]
    for error, viewer, agent in refusals:
        with pytest.raises(error):
            assign(viewer, ticket.id, agent_id=agent)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        assign(alice, uuid4(), agent_id=people.alice.pk)
    assign(make.without(alice, "assign"), ticket.id, agent_id=people.alice.pk)


def test_what_is_over_is_nobodys_to_give(people: People, ticket: TicketRow) -> None:
    alice = make.viewer(people.alice)
    solve(alice, ticket.id)
    with pytest.raises(Closed):
        assign(alice, ticket.id, agent_id=people.alice.pk)
    with pytest.raises(Closed):
        transfer(alice, ticket.id, team_id=people.sales.pk)


def test_a_transfer_leaves_owner_and_team(people: People, ticket: TicketRow) -> None:
    alice = make.viewer(people.alice)
    assign(alice, ticket.id, agent_id=people.alice.pk)
    transfer(alice, ticket.id, team_id=people.sales.pk, note=" For you ")
    found = stored(ticket)
    assert (found.team_id, found.assignee_id) == (people.sales.pk, None)
    assert found.queued_at is not None
    assert said(ticket)[4:] == ["(For you)", "transferred"]
    expected = ("transferred", "agent", people.alice.pk, {"team": people.sales.pk})
    assert last_fact(ticket) == expected
    with pytest.raises(NotFound):
        transfer(alice, ticket.id, team_id=people.support.pk)


def test_who_may_not_transfer(people: People, ticket: TicketRow) -> None:
    alice = make.viewer(people.alice)
    sales = people.sales.pk
    with pytest.raises(NotAllowed):
        transfer(make.without(alice, "assign"), ticket.id, team_id=sales)
    with pytest.raises(NotAllowed):
        transfer(make.without(alice, "note"), ticket.id, team_id=sales, note="A note")
    with pytest.raises(NotFound):
        transfer(make.viewer(people.charlie), ticket.id, team_id=sales)
    for team in (people.support.pk, 0):
        with pytest.raises(Invalid):
            transfer(alice, ticket.id, team_id=team)
    assert facts(ticket) == ["started"]


def test_work_of_a_deactivated_agent_waits_again(people: People, ticket: TicketRow) -> None:
    mona = make.viewer(people.mona)
    done = make.ticket(people.viktor)
    for row in (ticket, done):
        assign(mona, row.id, agent_id=people.alice.pk)
    solve(mona, done.id)
    set_active(mona, people.alice, active=False)
    assert (stored(ticket).assignee_id, stored(done).assignee_id) == (None, people.alice.pk)
    assert stored(ticket).queued_at is not None
    assert last_fact(ticket)[:3] == ("assigned", "system", None)


def test_a_deleted_teams_tickets_stay(people: People, ticket: TicketRow) -> None:
    done = make.ticket(people.viktor)
    solve(make.viewer(people.mona), done.id)
    version = stored(ticket).version
    delete_team(make.viewer(people.mona), people.support)
    assert not Ticket.objects.exclude(team=None).exists()
    assert stored(ticket).version == version + 1
    assert last_fact(ticket) == ("transferred", "system", None, {"team": None})
