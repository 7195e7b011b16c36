"""The end of a conversation, and that it is not always the end."""

import pytest

from helpdesk.accounts.actions import set_availability
from helpdesk.core.errors import Closed, Invalid, NotAllowed, NotFound
from tests import make
from tests.people import People
from tests.tickets.look import facts, last_fact, said, stored
from tickets.actions.assign import assign
from tickets.actions.reopen import reopen
from tickets.actions.solve import solve
from tickets.actions.triage import set_labels, wait_for_customer
from tickets.models import Label, Message, Ticket
from tickets.queries.capacity import loads
from tickets.queries.rows import TicketRow
from tickets.queries.tickets import fetch_ticket_for


def give(people: People, row: TicketRow) -> None:
    assign(make.viewer(people.mona), row.id, agent_id=people.alice.pk, over_capacity=True)


def solved(people: People, row: TicketRow) -> None:
    give(people, row)
    solve(make.viewer(people.alice), row.id)


def test_an_agent_solves(people: People, ticket: TicketRow) -> None:
    solve(make.viewer(people.alice), ticket.id)
    found = stored(ticket)
    assert (found.status, found.queued_at, found.waiting_since) == ("solved", None, None)
    assert found.solved_at is not None
    message = Message.objects.get(ticket_id=ticket.number, event="solved")
    assert (message.is_public, message.data) == (True, {"by": "agent", "name": "Alice Adams"})
    assert last_fact(ticket)[:3] == ("solved", "agent", people.alice.pk)


def test_a_visitor_ends_his_chat(people: People, ticket: TicketRow) -> None:
    solve(people.vera, ticket.id)
    message = Message.objects.get(ticket_id=ticket.number, event="solved")
    assert message.data == {"by": "contact", "name": ""}
    assert last_fact(ticket)[:3] == ("solved", "contact", None)


def test_once_is_enough(people: People, ticket: TicketRow) -> None:
    solve(people.vera, ticket.id)
    version = stored(ticket).version
    assert solve(make.viewer(people.alice), ticket.id).version == version
    assert facts(ticket).count("solved") == 1


def test_who_may_not_solve(people: People, ticket: TicketRow) -> None:
    with pytest.raises(NotAllowed):
        solve(make.without(make.viewer(people.alice), "solve"), ticket.id)
    for stranger in (make.viewer(people.charlie), people.viktor):
        with pytest.raises(NotFound):
            solve(stranger, ticket.id)
    assert stored(ticket).status == "open"


def test_reopening_gives_it_back_to_its_owner(people: People, ticket: TicketRow) -> None:
    solved(people, ticket)
    reopen(make.viewer(people.bob), ticket.id)
    found = stored(ticket)
    assert (found.status, found.solved_at, found.assignee_id) == ("open", None, people.alice.pk)
    assert found.queued_at is None
    assert last_fact(ticket)[:3] == ("reopened", "agent", people.bob.pk)
    assert said(ticket)[-1] == "reopened"


def test_an_owner_who_is_not_there_leaves_it_to_the_queue(
    people: People, ticket: TicketRow
) -> None:
    solved(people, ticket)
    set_availability(people.alice.pk, "away")
    make.reply(people.vera, ticket, "Still dark")
    found = stored(ticket)
    assert (found.status, found.assignee_id) == ("open", None)
    assert found.queued_at is not None
    assert said(ticket)[-2:] == ["reopened", "Still dark"]
    assert last_fact(ticket)[:3] == ("reopened", "contact", None)


def test_an_owner_who_is_full_leaves_it_to_the_queue(people: People, ticket: TicketRow) -> None:
    others = [make.ticket(people.viktor) for _ in range(3)]
    solved(people, ticket)
    for other in others[:2]:
        give(people, other)
    solved(people, others[2])
    make.reply(people.vera, ticket)
    make.reply(people.viktor, others[2])
    assert stored(ticket).assignee_id == people.alice.pk
    assert stored(others[2]).assignee_id is None
    assert loads()[people.alice.pk] == (3, 3)


def test_whoever_reopens_his_own_keeps_it(people: People, ticket: TicketRow) -> None:
    solved(people, ticket)
    for _ in range(3):
        give(people, make.ticket(people.viktor))
    set_availability(people.alice.pk, "away")
    make.reply(make.viewer(people.alice), ticket)
    assert stored(ticket).assignee_id == people.alice.pk
    reopened = next(e for e in ticket_events(ticket) if e["name"] == "reopened")
    assert reopened["data"]["over"] is True


def ticket_events(row: TicketRow) -> list[dict[str, object]]:
    return list(stored(row).events.values("name", "data"))


def test_a_note_reopens_nothing(people: People, ticket: TicketRow) -> None:
    solved(people, ticket)
    make.note(make.viewer(people.alice), ticket)
    assert stored(ticket).status == "solved"


def test_who_may_not_reopen(people: People, ticket: TicketRow) -> None:
    alice = make.viewer(people.alice)
    with pytest.raises(Invalid):
        reopen(alice, ticket.id)
    solve(alice, ticket.id)
    with pytest.raises(NotAllowed):
        reopen(make.without(alice, "solve"), ticket.id)
    with pytest.raises(NotFound):
        reopen(make.viewer(people.charlie), ticket.id)
    Ticket.objects.filter(pk=ticket.number).update(status="closed")
    with pytest.raises(Invalid):
        reopen(alice, ticket.id)


def test_waiting_for_the_customer(people: People, ticket: TicketRow) -> None:
    alice = make.viewer(people.alice)
    wait_for_customer(alice, ticket.id)
    assert (stored(ticket).status, stored(ticket).waiting_since) == ("pending", None)
    assert last_fact(ticket)[:3] == ("pending", "agent", people.alice.pk)
    with pytest.raises(NotAllowed):
        wait_for_customer(make.without(alice, "reply"), ticket.id)
    with pytest.raises(NotFound):
        wait_for_customer(make.viewer(people.charlie), ticket.id)
    solve(alice, ticket.id)
    with pytest.raises(Closed):
        wait_for_customer(alice, ticket.id)


def test_labels_are_made_cleaned_and_replaced(people: People, ticket: TicketRow) -> None:
    alice = make.viewer(people.alice)
    set_labels(alice, ticket.id, ["lamp", "old"])
    row = set_labels(alice, ticket.id, [" lamp\x1f ", "Broken", "", "x" * 60])
    assert row.labels == fetch_ticket_for(alice, ticket.id).labels
    names = [label.split("\x1f")[0] for label in row.labels]
    assert names == ["Broken", "lamp", "x" * 39 + "…"]
    assert Label.objects.filter(name="lamp").count() == 1
    with pytest.raises(NotAllowed):
        set_labels(make.without(alice, "note"), ticket.id, [])
    with pytest.raises(NotFound):
        set_labels(make.viewer(people.charlie), ticket.id, [])
