"""The times at which a customer may be called (R5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from helpdesk.core.calendar import Hours, Moments, Span

SLOT = timedelta(minutes=30)
# Somebody has to see the wish before its time has come.
AHEAD = timedelta(minutes=15)
DAYS = timedelta(days=7)
# When people are called by a company whose hours we do not know.
DAYTIME = Span(9 * 60, 18 * 60)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as the customer counts them, with what is offered on it."""

    date: date
    slots: list[Moments]


def daytime_in(zone: ZoneInfo) -> Hours:
    return Hours(zone, dict.fromkeys(range(7), (DAYTIME,)), {})


def slots(hours: Hours, now: datetime) -> Iterator[Moments]:
    """Half hours of the next seven days, whole within the opening hours, on the hour and half past
    it by the company's clock."""
    for opens, closes in hours.intervals(now + AHEAD, now + DAYS):
        start = _half_hour_from(opens, hours.zone)
        while start + SLOT <= closes:
            yield start, start + SLOT
            start += SLOT


def by_day(found: Iterator[Moments], zone: ZoneInfo) -> list[Day]:
    """Slots under the customer's own days; a day without any is left out."""
    days = groupby(found, key=lambda slot: slot[0].astimezone(zone).date())
    return [Day(day, list(of_day)) for day, of_day in days]


def _half_hour_from(moment: datetime, zone: ZoneInfo) -> datetime:
    wall = moment.astimezone(zone)
    past = timedelta(minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond)
    return moment + -past % SLOT
