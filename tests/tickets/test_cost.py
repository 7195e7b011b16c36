"""A constant number of statements, however much there is."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.people import People
from tests.tickets.test_lists import clones
from tickets.actions.assign import assign
from tickets.actions.post import Post, post_batch
from tickets.actions.solve import solve
from tickets.actions.triage import set_labels
from tickets.queries.rows import TicketRow


def statements(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])


@pytest.fixture
def console(people: People) -> Client:
    client = Client()
    client.force_login(people.alice)
    client.get("/console/api/boot/")  # what is loaded once
    return client


def read(client: Client, path: str) -> Callable[[], object]:
    def get() -> None:
        assert client.get(path).status_code == 200

    return get


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/console/api/boot/", 15),
        ("/console/api/tickets/?view=all", 15),
        ("/console/api/tickets/?view=mine", 15),
        ("/console/api/tickets/{ticket}/", 10),
        ("/console/api/tickets/{ticket}/messages/?before=9", 6),
    ],
)
def test_a_page_costs_the_same_for_one_and_for_many(
    people: People, ticket: TicketRow, console: Client, path: str, limit: int
) -> None:
    get = read(console, path.format(ticket=ticket.id))
    alice = make.viewer(people.alice)
    assign(alice, ticket.id, agent_id=people.alice.pk)
    one = statements(get)
    clones(ticket, 60)
    set_labels(alice, ticket.id, ["one", "two"])
    post_batch([Post(people.vera, ticket.id, uuid4(), f"{n}") for n in range(60)])
    for _ in range(5):
        make.user(teams=(people.support,))
        make.ticket(people.vera)
    assert statements(get) == one <= limit


def posts(people: People, number: int) -> list[Post]:
    """A batch over several tickets, of replies by both sides, notes, and a repeat."""
    alice, mona = make.viewer(people.alice), make.viewer(people.mona)
    tickets = [make.ticket(people.vera) for _ in range(max(1, number // 10))]
    made = []
    for n in range(number):
        viewer = (people.vera, alice, mona)[n % 3]
        kind = "note" if n % 3 == 2 else "reply"
        made.append(Post(viewer, tickets[n % len(tickets)].id, uuid4(), f"{n}", kind))
    return made


def test_a_batch_of_any_size_costs_the_same(people: People) -> None:
    costs = {}
    for number in (1, 10, 200):
        batch = posts(people, number)
        if number == 1:  # with what a larger batch has: somebody's first reply
            batch[0].viewer = make.viewer(people.alice)
        costs[number] = statements(lambda batch=batch: post_batch(batch))
    assert costs == {1: 7, 10: 7, 200: 7}, "lock, rows, refs, messages, tickets, facts, outbox"


def test_one_post_by_a_visitor_costs_six(people: People, ticket: TicketRow) -> None:
    batch = [Post(people.vera, ticket.id, uuid4(), "Hello")]
    assert statements(lambda: post_batch(batch)) == 6


def test_reopening_many_costs_two_more(people: People) -> None:
    def solved(number: int) -> list[Post]:
        rows = [make.ticket(people.vera) for _ in range(number)]
        for row in rows:
            assign(make.viewer(people.alice), row.id, agent_id=people.alice.pk, over_capacity=True)
            solve(make.viewer(people.alice), row.id)
        return [Post(people.vera, row.id, uuid4(), "again") for row in rows]

    few, many = solved(1), solved(20)
    assert statements(lambda: post_batch(few)) == statements(lambda: post_batch(many)) == 9
