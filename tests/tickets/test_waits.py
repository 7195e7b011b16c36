"""Honest waits: told from those who stood at the same place, or not at all."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core import clock
from helpdesk.realtime import presence
from tests import make
from tests.people import People
from tests.support.waits import let_wait
from tickets.actions.assign import assign, transfer
from tickets.actions.leave import leave_queue
from tickets.actions.route import route_ticket
from tickets.actions.solve import solve
from tickets.domain.waits import Stay, Wait, estimate, moved_up_at, reached, waits_from
from tickets.models import Ticket, TicketEvent
from tickets.queries.rows import TicketRow
from tickets.queries.waits import reply_minutes, wait_at, wait_of_newcomer

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
# Ada came at 12:00, Ben at 12:01, Cem at 12:02; Ada left at 12:04, Ben at 12:05, Cem at 12:10.
ADA = Stay(NOON, NOON + 4 * MINUTE)
BEN = Stay(NOON + 1 * MINUTE, NOON + 5 * MINUTE)
CEM = Stay(NOON + 2 * MINUTE, NOON + 10 * MINUTE)
STAYS = [ADA, BEN, CEM]


def minutes(*waits: float) -> list[timedelta]:
    return [wait * MINUTE for wait in waits]


@pytest.mark.parametrize(("place", "since"), [(3, 2), (2, 4), (1, 5)])
def test_one_moves_up_when_one_ahead_leaves(place: int, since: int) -> None:
    assert reached(STAYS, CEM.came, place) == NOON + since * MINUTE


def test_who_came_to_a_shorter_queue_never_stood_further_back() -> None:
    assert reached(STAYS, ADA.came, 2) is None
    assert reached(STAYS, CEM.came, 4) is None


@pytest.mark.parametrize(("place", "expected"), [(1, [4, 1, 5]), (2, [4, 6]), (3, [8]), (4, [])])
def test_waits_from_a_place(place: int, expected: list[int]) -> None:
    assert sorted(waits_from(STAYS, place, NOON)) == sorted(minutes(*expected))


def test_only_the_recent_ones_count_but_the_older_explain_them() -> None:
    assert waits_from(STAYS, 1, NOON + 6 * MINUTE) == minutes(5)


def test_who_left_by_himself_makes_room_but_has_no_wait() -> None:
    gone = Stay(ADA.came, ADA.left, taken=False)
    assert waits_from([gone, BEN], 1, NOON) == minutes(1)


def test_who_was_given_to_a_free_agent_has_not_waited() -> None:
    at_once = Stay(NOON, NOON + timedelta(seconds=2))
    assert waits_from([at_once], 1, NOON) == []


def test_who_moved_up_and_was_taken_at_once_has_not_stood_there() -> None:
    together = [Stay(NOON + came * MINUTE, NOON + 6 * MINUTE) for came in range(5)]
    assert waits_from(together, 1, NOON) == minutes(6)
    assert waits_from(together, 5, NOON) == minutes(2)


def test_who_was_taken_out_of_turn_never_came_to_the_front() -> None:
    overtaker = Stay(NOON + 1 * MINUTE, NOON + 2 * MINUTE)
    assert waits_from([ADA, overtaker], 1, NOON) == minutes(4)
    assert waits_from([ADA, overtaker], 2, NOON) == minutes(1)


def test_who_still_waits_moved_up_with_the_last_who_left_ahead_of_him() -> None:
    assert moved_up_at(STAYS, NOON + 3 * MINUTE) == NOON + 10 * MINUTE
    assert moved_up_at([ADA], NOON + 3 * MINUTE) == NOON + 4 * MINUTE
    assert moved_up_at([], NOON) == NOON


@pytest.mark.parametrize(("waits", "expected"), [
    (minutes(4, 4, 4, 6, 6), Wait(4, 6)),
    (minutes(0.2, 0.3, 0.4, 0.5, 0.9), Wait(0, 1)),
    (minutes(0.5, 0.5, 0.5, 1.2, 9), Wait(0, 2)),
    (minutes(*range(1, 11)), Wait(5, 8)),
    (minutes(3, 3, 3, 3, 3), Wait(3, 3)),
    (minutes(3, 3, 3, 3), None),
    ([], None),
])  # fmt: skip
def test_half_waited_so_long_and_four_of_five_no_longer(
    waits: list[timedelta], expected: Wait | None
) -> None:
    assert estimate(waits) == expected


def test_who_has_waited_is_told_what_is_left() -> None:
    waits = minutes(1, 2, 5, 6, 7, 8, 9)
    assert estimate(waits, 4 * MINUTE) == Wait(3, 4)
    assert estimate(waits, 8.5 * MINUTE) is None


stays = st.builds(
    lambda came, stay, taken: Stay(NOON + came * MINUTE, NOON + (came + stay) * MINUTE, taken),
    st.floats(0, 60), st.floats(0, 60), st.booleans(),
)  # fmt: skip


@given(st.lists(stays, max_size=12), st.integers(1, 5))
def test_a_wait_from_further_back_takes_in_the_one_from_ahead(
    found: list[Stay], place: int
) -> None:
    for wait in waits_from(found, place, NOON - MINUTE):
        assert timedelta() <= wait <= max(stay.left - stay.came for stay in found)
    for stay in found:
        behind, ahead = reached(found, stay.came, place + 1), reached(found, stay.came, place)
        if behind is not None:
            assert ahead is not None
            assert behind <= ahead
    told = estimate(waits_from(found, place, NOON - MINUTE))
    assert told is None or 0 <= told.low <= told.high


# ---- from the facts of the database ----


@pytest.fixture
def day(people: People) -> Iterator[People]:
    with clock.moved_to(NOON):
        yield people


def taken(people: People, waited: timedelta, ago: timedelta = timedelta()) -> TicketRow:
    with clock.moved_to(NOON - ago - waited):
        row = make.ticket(make.visitor(people.inbox)[0])
    with clock.moved_to(NOON - ago):
        assign(make.viewer(people.mona), row.id, agent_id=people.alice.pk, over_capacity=True)
    return row


def test_waits_are_told_from_what_happened(day: People) -> None:
    for turn, waited in enumerate((3, 4, 4, 4, 5)):
        taken(day, waited * MINUTE, ago=5 * turn * MINUTE)
    assert wait_of_newcomer(day.support.pk) == Wait(4, 4)
    assert wait_of_newcomer(day.sales.pk) is None
    data = TicketEvent.objects.filter(name="assigned").earliest("pk").data
    assert (data["waited"], data["queue"]) == (180, day.support.pk)


def test_an_hour_ago_is_too_long_ago(day: People) -> None:
    let_wait(day.support.pk, minutes(4, 4, 4, 4, 4), until=NOON - 40 * MINUTE)
    assert wait_of_newcomer(day.support.pk) is None


def test_who_left_the_queue_is_no_sample(day: People) -> None:
    let_wait(day.support.pk, minutes(4, 4, 4, 4), until=NOON)
    with clock.moved_to(NOON - 4 * MINUTE):
        row = make.ticket(day.vera)
    leave_queue(day.vera, row.id)
    assert wait_of_newcomer(day.support.pk) is None
    assert TicketEvent.objects.get(name="left_queue").data["waited"] == 240


def test_who_is_solved_or_handed_on_out_of_the_queue_has_left_it(day: People) -> None:
    mona = make.viewer(day.mona)
    with clock.moved_to(NOON - 2 * MINUTE):
        solved, handed_on = make.ticket(day.vera), make.ticket(day.viktor)
    solve(mona, solved.id)
    transfer(mona, handed_on.id, team_id=day.sales.pk)
    told = TicketEvent.objects.filter(name="left_queue").values_list("data", flat=True)
    assert list(told) == [{"waited": 120, "queue": day.support.pk}] * 2


def test_routing_leaves_the_same_fact(day: People) -> None:
    with clock.moved_to(NOON - 3 * MINUTE):
        row = make.ticket(day.vera)
    presence.renew(agents=[day.bob.pk])
    assert route_ticket(row.id)
    assert TicketEvent.objects.get(name="assigned").data["waited"] == 180


def test_a_wait_belongs_to_the_queue_that_was_waited_in(day: People) -> None:
    row = taken(day, 5 * MINUTE)
    transfer(make.viewer(day.mona), row.id, team_id=day.sales.pk)
    assign(make.viewer(day.mona), row.id, agent_id=day.charlie.pk)
    told = TicketEvent.objects.filter(name="assigned").order_by("pk").values_list("data", flat=True)
    assert [(data.get("queue"), data.get("waited")) for data in told] == [
        (day.support.pk, 300), (day.sales.pk, 0),
    ]  # fmt: skip


def test_handing_on_what_did_not_wait_is_no_wait(day: People) -> None:
    row = taken(day, 5 * MINUTE)
    assign(make.viewer(day.mona), row.id, agent_id=day.bob.pk)
    assert "waited" not in TicketEvent.objects.filter(name="assigned").latest("pk").data


def test_a_queue_without_a_team_has_waits_of_its_own(day: People) -> None:
    let_wait(None, minutes(2, 2, 2, 2, 2), until=NOON)
    assert wait_at(None, 1, NOON) == Wait(2, 2)
    assert wait_of_newcomer(day.support.pk) is None


def test_a_newcomer_stands_behind_all_who_wait(day: People) -> None:
    let_wait(day.support.pk, minutes(4, 4, 4, 4, 4), until=NOON)
    make.ticket(day.vera)
    assert wait_of_newcomer(day.support.pk) is None
    assert wait_at(day.support.pk, 1, NOON) == Wait(4, 4)


def test_what_is_left_shrinks_while_he_waits(day: People) -> None:
    let_wait(day.support.pk, minutes(9, 9, 9, 9, 9), until=NOON)
    let_wait(day.support.pk, minutes(9), until=NOON - 20 * MINUTE)
    assert wait_at(day.support.pk, 1, NOON - 30 * timedelta(seconds=1)) == Wait(8, 9)


def test_the_usual_time_to_an_answer(day: People) -> None:
    cache.clear()
    answered(day, [1] * 4 + [3] * 2 + [30] * 3)
    assert reply_minutes(day.support.pk) is None
    cache.clear()
    answered(day, [3])
    assert reply_minutes(day.support.pk) == 3
    assert reply_minutes(day.sales.pk) is None


def answered(people: People, waits: list[int]) -> None:
    for waited in waits:
        with clock.moved_to(NOON - timedelta(hours=1)):
            row = make.ticket(make.visitor(people.inbox)[0])
        with clock.moved_to(NOON - timedelta(hours=1) + waited * MINUTE):
            make.reply(make.viewer(people.alice), row)


def test_last_weeks_answers_and_answers_by_mail_do_not_count(day: People) -> None:
    cache.clear()
    answered(day, [1] * 12)
    with clock.moved_to(NOON + timedelta(days=8)):
        assert reply_minutes(day.support.pk) is None
    cache.clear()
    Ticket.objects.update(via="message")
    assert reply_minutes(day.support.pk) is None
