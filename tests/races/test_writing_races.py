"""The same and different things written at once: on PostgreSQL, with threads."""

import json
import threading
from collections import Counter
from random import Random
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from redis import Redis

from helpdesk.core.errors import Closed, DomainError, Invalid
from helpdesk.devstack.processes import wait_until
from helpdesk.realtime import outbox
from helpdesk.realtime.models import LiveOutbox
from helpdesk.realtime.position import ZERO
from tests import make
from tests.contract.recording import said_since
from tests.people import People
from tests.races.crowd import assert_counted, assert_numbered_without_gaps
from tests.races.threads import race
from tickets.actions.assign import assign, transfer
from tickets.actions.batch import PostWriter
from tickets.actions.post import Post, Posted, post_message
from tickets.actions.record import lock_tickets
from tickets.actions.reopen import reopen
from tickets.actions.seen import mark_seen
from tickets.actions.solve import solve
from tickets.actions.start import Start, start_ticket
from tickets.models import Message, Ticket, TicketEvent
from tickets.queries.bodies import MessageRow
from tickets.queries.rows import TicketRow

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def write(writer: PostWriter, posts: list[Post]) -> list[MessageRow]:
    """As the chat writer does: whatever was held goes with the next batch."""
    found: dict[int, MessageRow] = {}
    left = list(enumerate(posts))
    while left:
        outcomes = writer.write([post for _, post in left])
        for (place, _), outcome in zip(left, outcomes, strict=True):
            assert not isinstance(outcome, DomainError)
            if isinstance(outcome, Posted):
                found[place] = outcome.message
        left = [one for one, outcome in zip(left, outcomes, strict=True) if outcome is None]
    writer.idle()
    return [found[place] for place in range(len(posts))]


def test_the_same_start_fifty_times(people: People) -> None:
    ref = uuid4()

    def starts() -> list[tuple[UUID, UUID, int]]:
        answers = [start_ticket(Start(people.vera, ref, "Hello")) for _ in range(5)]
        return [(row.id, message.id, message.seq) for row, message in answers]

    answers = [answer for part in race(*[starts] * 10) for answer in part]
    assert len(answers) == 50
    assert len(set(answers)) == 1
    assert (Ticket.objects.count(), Message.objects.count()) == (1, 2)
    assert TicketEvent.objects.filter(name="started").count() == 1


def test_the_same_message_fifty_times(people: People) -> None:
    row, ref = make.ticket(people.vera), uuid4()

    def posts() -> list[Post]:
        return [Post(people.vera, row.id, ref, "Hello") for _ in range(5)]

    def by_writer() -> list[MessageRow]:
        return write(PostWriter(), posts())

    def by_http() -> list[MessageRow]:
        return [post_message(post) for post in posts()]

    answers = [message for part in race(*[by_writer, by_http] * 5) for message in part]
    assert len(answers) == 50
    assert len({(m.id, m.seq, m.created_at, m.body) for m in answers}) == 1
    assert Message.objects.filter(ticket_id=row.number, ref=ref).count() == 1
    assert_numbered_without_gaps()
    assert_counted()


def test_several_writers_on_the_same_tickets(people: People, redis_of_tests: Redis) -> None:
    rows = [make.ticket(people.vera) for _ in range(3)]
    alice = make.viewer(people.alice)

    def posts(seed: int) -> list[Post]:
        pick = Random(seed)  # noqa: S311  the same crowd each time
        return [
            Post(pick.choice([people.vera, alice]), pick.choice(rows).id, uuid4(), f"{seed}/{n}")
            for n in range(60)
        ]

    def in_batches(seed: int) -> list[MessageRow]:
        writer, mine = PostWriter(), posts(seed)
        return [m for at in range(0, 60, 12) for m in write(writer, mine[at : at + 12])]

    def by_mail(seed: int) -> list[MessageRow]:
        return [post_message(post) for post in posts(seed)[:20]]

    def reading() -> None:
        for _ in range(10):
            for row in rows:
                mark_seen(alice, row.id, 999)
                mark_seen(people.vera, row.id, 999)

    parts = race(
        *[lambda seed=seed: in_batches(seed) for seed in range(3)],
        *[lambda seed=seed: by_mail(seed) for seed in (3, 4)],
        reading,
    )
    written = [message for part in parts[:5] for message in part]
    assert len({message.id for message in written}) == 3 * 60 + 2 * 20
    for part in parts[:5]:
        assert_in_order(part)
    assert_numbered_without_gaps()
    assert_counted()
    assert_all_is_said_once(redis_of_tests)


def assert_in_order(part: list[MessageRow]) -> None:
    """One client's messages stand in each ticket as he sent them."""
    for ticket in {message.ticket for message in part}:
        own = [message.seq for message in part if message.ticket == ticket]
        assert own == sorted(own)


def assert_all_is_said_once(redis: Redis) -> None:
    """Every stored message is in the live log, and nothing waits for the relay."""
    heard: Counter[tuple[str, int]] = Counter()
    for _, entry in said_since(redis, ZERO):
        body = json.loads(entry.staff or "{}")
        if body.get("type") == "message.created":
            heard[body["ticket"], body["message"]["seq"]] += 1
    stored = Message.objects.values_list("ticket__public_id", "seq")
    assert heard == Counter({(str(ticket), seq): 1 for ticket, seq in stored})
    assert not LiveOutbox.objects.exists()
    assert outbox.relay() == 0


def test_solving_against_writing(people: People) -> None:
    row, alice = make.ticket(people.vera), make.viewer(people.alice)
    assign(alice, row.id, agent_id=people.alice.pk)

    def solving() -> None:
        for _ in range(15):
            solve(alice, row.id)

    def writing() -> None:
        for n in range(15):
            make.reply(people.vera, row, f"{n}")

    race(solving, writing, solving)
    ends = Message.objects.filter(event__in=["solved", "reopened"]).order_by("seq")
    names = list(ends.values_list("event", flat=True))
    assert names == ["solved", "reopened"] * (len(names) // 2) + ["solved"] * (len(names) % 2)
    ticket = Ticket.objects.get(pk=row.number)
    assert (ticket.status == "solved") == (names[-1:] == ["solved"])
    assert Message.objects.filter(kind="reply").count() == 16
    assert_numbered_without_gaps()
    assert_counted()


def test_everything_at_once_in_any_order_ends(people: People) -> None:
    """No deadlock: every action locks tickets by number, then agents by key."""
    rows = [make.ticket(people.vera) for _ in range(4)]
    mona = make.viewer(people.mona)
    users = [people.alice, people.bob, people.charlie, None]
    teams = [people.support, people.sales]

    def one(pick: Random, row: TicketRow) -> None:
        user, team = pick.choice(users), pick.choice(teams)
        act = pick.choice([
            lambda: assign(mona, row.id, agent_id=user and user.pk, over_capacity=True),
            lambda: transfer(mona, row.id, team_id=team.pk, note="over to you"),
            lambda: solve(mona, row.id),
            lambda: reopen(mona, row.id),
            lambda: write(PostWriter(), [
                Post(viewer, ticket.id, uuid4(), "all of them")
                for viewer in (people.vera, mona) for ticket in pick.sample(rows, 3)
            ]),
            lambda: mark_seen(mona, row.id, 99),
        ])  # fmt: skip
        try:
            act()
        except (Closed, Invalid):
            return  # somebody has just solved it, or it is that team's already

    def busy(seed: int) -> None:
        pick = Random(seed)  # noqa: S311  the same days each time
        for _ in range(25):
            one(pick, pick.choice(rows))

    race(*[lambda seed=seed: busy(seed) for seed in range(6)])
    assert_numbered_without_gaps()
    assert_counted()
    waits = {
        (ticket.status == "open" and ticket.assignee_id is None, ticket.queued_at is not None)
        for ticket in Ticket.objects.all()
    }
    assert waits <= {(True, True), (False, False)}


def test_who_waited_for_a_ticket_knows_whose_it_has_become(people: People) -> None:
    """What he announces must not miss the names that he could not see before he waited."""
    ticket, alice = make.ticket(people.vera), make.viewer(people.alice)
    is_taken = threading.Event()

    def take() -> None:
        with transaction.atomic():
            assign(alice, ticket.id, agent_id=people.alice.pk)
            is_taken.set()
            wait_until(somebody_waits_for_a_lock, 30)

    def look() -> TicketRow:
        is_taken.wait(30)
        with transaction.atomic():
            return lock_tickets([ticket.id])[ticket.id]

    _, row = race(take, look)
    assert (row.assignee_id, row.assignee_name) == (people.alice.pk, "Alice Adams")


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone() is not None
