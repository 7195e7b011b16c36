"""The calendar against a clock on the wall that somebody reads once a minute."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpdesk.core.calendar import ALWAYS, WHOLE_DAY, Hours, Span

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
# Zones, and days on which their clocks change: at two, at midnight, by half an hour, by a whole
# day; and some on which nothing does.
CHANGES = [
    ("Europe/Warsaw", date(2026, 3, 29)), ("Europe/Warsaw", date(2026, 10, 25)),
    ("Africa/Cairo", date(2026, 4, 24)), ("Africa/Cairo", date(2026, 10, 30)),
    ("America/Havana", date(2026, 3, 8)), ("America/Havana", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)), ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Pacific/Apia", date(2011, 12, 30)), ("America/St_Johns", date(2026, 11, 1)),
    ("Europe/Istanbul", date(2026, 11, 25)), ("Asia/Kathmandu", date(2026, 1, 1)),
]  # fmt: skip


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def hours(
    zone: str = "UTC", exceptions: dict[date, list[Span]] | None = None, **days: Span
) -> Hours:
    """`monday=Span(…)`; every other day is closed."""
    names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    weekly = {names.index(name): [span] for name, span in days.items()}
    return Hours(ZoneInfo(zone), weekly, exceptions or {})


def opened(found: Hours, start: str, end: str) -> list[tuple[str, str]]:
    return [
        (f"{opens:%d %H:%M}", f"{closes:%d %H:%M}")
        for opens, closes in found.intervals(at(start), at(end))
    ]


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, 95)) * 15
    return Span(start, start + draw(st.integers(1, 96)) * 15)


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Hours, date]:
    """Any hours, several a day, over night, with exceptions; and a day that matters to them."""
    zone, day = draw(st.sampled_from(CHANGES))
    weekly = draw(st.dictionaries(st.integers(0, 6), st.lists(spans(), max_size=3)))
    near = st.integers(-2, 2).map(lambda days: day + days * DAY)
    exceptions = draw(st.dictionaries(near, st.lists(spans(), max_size=2), max_size=3))
    return Hours(ZoneInfo(zone), weekly, exceptions), day


def read_the_clock(found: Hours, start: datetime, end: datetime) -> Iterator[tuple[datetime, bool]]:
    """Minute by minute whether it is open: the wall clock has come to an opening time and not yet
    to its closing time. What it has shown once it has come to, though it be put back."""
    moment, furthest = start - 3 * DAY, datetime.min  # noqa: DTZ901  what a clock on the wall shows
    while moment < end:
        furthest = max(furthest, moment.astimezone(found.zone).replace(tzinfo=None))
        if moment >= start:
            yield moment, _is_within(found, furthest)
        moment += MINUTE


def _is_within(found: Hours, wall: datetime) -> bool:
    for days in range(3):
        day = wall.date() - days * DAY
        minutes = (wall - datetime.combine(day, datetime.min.time())) / MINUTE
        if any(span.start <= minutes < span.end for span in found.spans_of(day)):
            return True
    return False


@settings(max_examples=60, deadline=None)
@given(calendars())
def test_it_is_open_when_the_clock_on_the_wall_says_so(case: tuple[Hours, date]) -> None:
    found, day = case
    start = datetime.combine(day, datetime.min.time(), UTC) - DAY
    end = start + 3 * DAY
    intervals = list(found.intervals(start, end))
    for moment, is_open in read_the_clock(found, start, end):
        assert any(a <= moment < b for a, b in intervals) == is_open, moment


@given(calendars(), st.integers(-3000, 3000), st.integers(0, 5000))
def test_its_answers_agree_with_each_other(case: tuple[Hours, date], later: int, more: int) -> None:
    found, day = case
    start = datetime.combine(day, datetime.min.time(), UTC) + later * MINUTE
    intervals = list(found.intervals(start, start + 10 * DAY))
    for (_, closes), (opens, _) in pairwise(intervals):
        assert closes < opens
    assert all(opens < closes for opens, closes in intervals)
    opening = found.next_opening(start)
    if intervals:
        assert opening == intervals[0][0]
        assert found.is_open(start) == (opening == start)
    cut = start + 5 * DAY
    halves = total(found, start, cut) + total(found, cut, start + 10 * DAY)
    assert halves == total(found, start, start + 10 * DAY)
    reached = found.add_open_time(start, more * MINUTE)
    if reached is None:
        assert opening is None or more
    else:
        assert total(found, start, reached) == more * MINUTE
        assert more == 0 or found.is_open(reached - timedelta(microseconds=1))


def total(found: Hours, start: datetime, end: datetime) -> timedelta:
    return sum((closes - opens for opens, closes in found.intervals(start, end)), timedelta())


def test_a_night_shift_belongs_to_the_day_on_which_it_begins() -> None:
    eve = hours(exceptions={date(2026, 12, 25): []}, thursday=Span(22 * 60, 30 * 60),
                friday=WHOLE_DAY)  # fmt: skip
    assert opened(eve, "2026-12-24", "2026-12-26") == [("24 22:00", "25 06:00")]


def test_an_exception_may_open_a_closed_day() -> None:
    market = hours(exceptions={date(2026, 12, 20): [Span(600, 720)]})
    assert opened(market, "2026-12-01", "2027-01-01") == [("20 10:00", "20 12:00")]


def test_spans_that_touch_are_one() -> None:
    found = Hours(ZoneInfo("UTC"), {0: [Span(720, 1440), Span(540, 720)], 1: [Span(0, 60)]}, {})
    assert opened(found, "2026-11-23", "2026-11-25") == [("23 09:00", "24 01:00")]


def test_a_night_shift_is_an_hour_longer_or_shorter_when_the_clocks_change() -> None:
    night = hours("Europe/Warsaw", saturday=Span(22 * 60, 30 * 60))
    spring, autumn = at("2026-03-28"), at("2026-10-24")
    assert total(night, spring, spring + 2 * DAY) == timedelta(hours=7)
    assert total(night, autumn, autumn + 2 * DAY) == timedelta(hours=9)


def test_a_time_that_the_clocks_jump_over_is_the_moment_of_the_jump() -> None:
    early = hours("Europe/Warsaw", sunday=Span(150, 240))  # 02:30 to 04:00, which is 02:00 in UTC
    assert opened(early, "2026-03-29", "2026-03-30") == [("29 01:00", "29 02:00")]
    gone = hours("Europe/Warsaw", sunday=Span(125, 175))
    assert opened(gone, "2026-03-29", "2026-03-30") == []


def test_a_reply_is_promised_in_open_time() -> None:
    office = Hours(ZoneInfo("Europe/Istanbul"), {day: [Span(540, 1080)] for day in range(5)},
                   {date(2026, 11, 30): []})  # fmt: skip
    friday = at("2026-11-27T13:00")  # 16:00 there
    assert office.add_open_time(friday, timedelta(hours=2)) == at("2026-11-27T15:00")
    assert office.add_open_time(friday, timedelta(hours=3)) == at("2026-12-01T07:00")
    assert office.add_open_time(at("2026-11-28T10:00"), timedelta()) == at("2026-11-28T10:00")


def test_long_durations_go_beyond_the_horizon() -> None:
    seldom = hours(monday=Span(540, 600))
    assert seldom.add_open_time(at("2026-11-24"), timedelta(hours=20)) == at("2027-04-12T10:00")


def test_who_never_opens_is_not_waited_for() -> None:
    closed = hours()
    assert not closed.is_open(at("2026-11-25"))
    assert closed.next_opening(at("2026-11-25")) is None
    assert closed.add_open_time(at("2026-11-25"), MINUTE) is None


def test_next_opening_looks_sixty_days_ahead() -> None:
    once = hours(exceptions={date(2027, 1, 10): [Span(540, 600)]})
    assert once.next_opening(at("2026-11-12")) == at("2027-01-10T09:00")
    assert once.next_opening(at("2026-11-10")) is None


def test_always_is_always() -> None:
    moment = at("2026-11-25T03:00")
    assert ALWAYS.is_open(moment)
    assert ALWAYS.next_opening(moment) == moment
    assert ALWAYS.add_open_time(moment, 90 * DAY) == moment + 90 * DAY
    assert list(ALWAYS.intervals(moment, moment + DAY)) == [(moment, moment + DAY)]


def test_answers_are_in_utc_wherever_the_question_comes_from() -> None:
    found = hours("Europe/Istanbul", wednesday=WHOLE_DAY)
    asked = datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Asia/Kathmandu"))
    ((opens, closes),) = found.intervals(asked, asked + DAY)
    assert (opens.tzinfo, closes.tzinfo) == (UTC, UTC)


@pytest.mark.parametrize(("start", "end"), [(-1, 60), (1440, 1500), (60, 60), (60, 1501), (90, 60)])
def test_what_is_no_span(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no span"):
        Span(start, end)
