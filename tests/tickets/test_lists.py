"""The agent's lists: what stands in them, page by page, at a constant cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpdesk.accounts.viewer import Staff
from helpdesk.core import clock
from helpdesk.core.errors import Invalid, NotFound
from tests import make
from tests.people import People
from tickets.actions.assign import assign
from tickets.actions.seen import mark_seen
from tickets.actions.solve import solve
from tickets.models import Inbox, Ticket
from tickets.queries import lists
from tickets.queries.lists import counts, list_page, seen_of, topics_of, view_named
from tickets.queries.rows import TicketRow


def ids(viewer: Staff, view: str) -> list[int]:
    return [row.number for row in list_page(viewer, view_named(view, viewer), None).rows]


def walk(viewer: Staff, view: str) -> list[int]:
    """Every page to the end."""
    found, after = [], None
    while True:
        page = list_page(viewer, view_named(view, viewer), after)
        found += [row.number for row in page.rows]
        if (after := page.next) is None:
            return found


def clones(row: TicketRow, number: int, **columns: object) -> list[int]:
    """Many tickets like this one, in one statement; every third shares its moment with another."""
    model = Ticket.objects.get(pk=row.number)
    names = [f.attname for f in Ticket._meta.concrete_fields if f.name not in
             {"number", "public_id", "start_ref", "last_at"}]  # fmt: skip
    values = {name: getattr(model, name) for name in names} | columns
    now = clock.now()
    made = Ticket.objects.bulk_create(
        Ticket(**values, last_at=now - timedelta(seconds=n - n % 3)) for n in range(number)
    )
    return [ticket.number for ticket in made]


def test_each_view_has_its_own(people: People) -> None:
    waiting, mine, done, other = (make.ticket(people.vera) for _ in range(4))
    alice = make.viewer(people.alice)
    assign(alice, mine.id, agent_id=people.alice.pk)
    assign(alice, other.id, agent_id=people.bob.pk)
    solve(alice, done.id)
    numbers = {"waiting": waiting, "mine": mine, "done": done, "other": other}
    expected = {
        "mine": {"mine"},
        "unassigned": {"waiting"},
        "all": {"waiting", "mine", "other"},
        "solved": {"done"},
        f"team-{people.support.pk}": {"waiting", "mine", "other"},
    }
    for view, names in expected.items():
        assert set(ids(alice, view)) == {numbers[name].number for name in names}, view


@pytest.mark.parametrize("view", ["", "spam", "team-", "team-x", "team-0", "team--1", "MINE"])
def test_there_is_no_such_list(people: People, view: str) -> None:
    with pytest.raises(NotFound):
        view_named(view, make.viewer(people.alice))


@pytest.mark.parametrize("after", ["x", "é", "bm9wZQ==", "MjAyNg==|1", "MjAyNi0xMS0yNXwx" * 9])
def test_a_cursor_of_no_page(people: People, after: str) -> None:
    alice = make.viewer(people.alice)
    with pytest.raises(Invalid):
        list_page(alice, view_named("all", alice), after)


def test_newest_activity_comes_first(people: People) -> None:
    first, second = make.ticket(people.vera), make.ticket(people.viktor)
    alice = make.viewer(people.alice)
    assert ids(alice, "all") == [second.number, first.number]
    make.reply(people.vera, first)
    assert ids(alice, "all") == [first.number, second.number]


@pytest.mark.parametrize("who", ["mona", "alice"])
def test_pages_have_no_gap_and_no_double(people: People, ticket: TicketRow, who: str) -> None:
    viewer = make.viewer(getattr(people, who))
    seen = {ticket.number, *clones(ticket, 70), *clones(ticket, 30, team_id=None)}
    hers = clones(ticket, 40, team_id=people.sales.pk, assignee_id=people.alice.pk)
    both = clones(ticket, 10, assignee_id=people.alice.pk)  # by team and as their owner
    unseen = clones(ticket, 10, team_id=people.sales.pk)
    everything = seen | set(hers) | set(both) | (set(unseen) if who == "mona" else set())
    found = walk(viewer, "all")
    assert len(found) == len(everything)
    assert set(found) == everything
    moments = dict(Ticket.objects.values_list("number", "last_at"))
    assert found == sorted(found, key=lambda number: (moments[number], number), reverse=True)
    if who == "alice":
        assert set(walk(viewer, "mine")) == {*hers, *both}


def test_a_ticket_that_moves_between_pages_is_not_lost(people: People, ticket: TicketRow) -> None:
    alice = make.viewer(people.alice)
    clones(ticket, 70)
    view = view_named("all", alice)
    first = list_page(alice, view, None)
    make.reply(people.vera, ticket)
    second = list_page(alice, view, first.next)
    shown = {row.number for row in [*first.rows, *second.rows]}
    missing = set(Ticket.objects.values_list("number", flat=True)) - shown
    assert missing <= {ticket.number}, "what moved to the top is announced, the rest is here"


def test_counts_stop_at_a_hundred(people: People, ticket: TicketRow) -> None:
    alice = make.viewer(people.alice)
    assert counts(alice) == {"mine": 0, "unassigned": 1, "all": 1}
    clones(ticket, 120)
    assert counts(alice) == {"mine": 0, "unassigned": 100, "all": 100}
    assert counts(make.viewer(people.charlie)) == {"mine": 0, "unassigned": 0, "all": 0}


def test_unread_comes_with_the_page(people: People, ticket: TicketRow) -> None:
    alice, other = make.viewer(people.alice), make.ticket(people.viktor)
    mark_seen(alice, ticket.id, 2)
    rows = list_page(alice, view_named("all", alice), None).rows
    assert seen_of(alice, rows) == {str(ticket.id): {"seq": 2, "inbound_count": 1}}
    assert str(other.id) not in seen_of(alice, rows)


def test_a_list_says_what_to_listen_to(people: People) -> None:
    alice, mona = make.viewer(people.alice), make.viewer(people.mona)
    support, me = people.support.pk, people.alice.pk
    inboxes = [f"team:none:{inbox.pk}" for inbox in Inbox.objects.filter(team=people.support)]
    assert topics_of(alice, view_named("mine", alice)) == [f"agent:{me}"]
    assert topics_of(alice, view_named(f"team-{support}", alice)) == [f"team:{support}"]
    assert set(topics_of(alice, view_named("all", alice))) == {
        f"agent:{me}", f"team:{support}", *inboxes,
    }  # fmt: skip
    assert topics_of(mona, view_named("all", mona)) == ["all"]


def plan_of(viewer: Staff, view: str) -> str:
    with CaptureQueriesContext(connection) as captured:
        list_page(viewer, view_named(view, viewer), None)
    sql = next(q["sql"] for q in captured if "LIMIT 51" in q["sql"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize("view", lists.VIEWS)
def test_every_list_is_read_from_an_index(people: People, ticket: TicketRow, view: str) -> None:
    clones(ticket, 60)
    for user in (people.alice, people.mona):
        assert "Index" in plan_of(make.viewer(user), view)
