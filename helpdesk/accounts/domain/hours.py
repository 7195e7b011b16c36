"""A calendar as it is stored and typed in: checked whole, and made into `Hours`."""

import re
from datetime import date
from itertools import pairwise
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from helpdesk.core.calendar import DAY_MINUTES, Hours, Span

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")
Weekday = Literal["0", "1", "2", "3", "4", "5", "6"]


def zone_named(name: str) -> ZoneInfo:
    """Raises ValueError for a name that no time zone has."""
    try:
        return ZoneInfo(name)
    except (KeyError, OSError) as error:  # the latter: a folder of the zones' own
        raise ValueError(f"no such time zone: {name}") from error


def _known_zone(name: str) -> str:
    zone_named(name)
    return name


def _minutes(text: str) -> int:
    if not _TIME.fullmatch(text):
        raise ValueError(f"not a time of day: {text}")
    return int(text[:2]) * 60 + int(text[3:])


def read_span(start: str, end: str) -> Span:
    """`09:00` to `18:00`; one that ends before it begins runs into the next day, and `24:00` is the
    day's end. Raises ValueError for times that are none, and for a span of no length."""
    opens, closes = _minutes(start), _minutes(end)
    if opens in {closes, DAY_MINUTES}:
        raise ValueError(f"not an interval: {start} to {end}")
    return Span(opens, closes if closes > opens else closes + DAY_MINUTES)


def _apart(intervals: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """In order, and none begins before the one before it has ended."""
    ordered = sorted(intervals, key=lambda interval: read_span(*interval))
    spans = [read_span(*interval) for interval in ordered]
    for before, after in pairwise(spans):
        if after.start < before.end:
            raise ValueError("two intervals of a day overlap")
    return ordered


Intervals = Annotated[list[tuple[str, str]], Field(max_length=8), AfterValidator(_apart)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SpecialDay(Part):
    """One day that is not like its weekday; no intervals mean closed."""

    date: date
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)] = ""
    intervals: Intervals = []


def _each_day_once(days: list[SpecialDay]) -> list[SpecialDay]:
    ordered = sorted(days, key=lambda day: day.date)
    if len({day.date for day in ordered}) < len(ordered):
        raise ValueError("two exceptions for one day")
    return ordered


class CalendarRules(Part):
    """The whole of a calendar but its name; `weekly` maps a weekday ("0" is Monday) to intervals
    such as [["09:00", "13:00"], ["14:00", "18:00"]], in `time_zone`."""

    time_zone: Annotated[str, AfterValidator(_known_zone)]
    weekly: dict[Weekday, Intervals] = {}
    exceptions: Annotated[
        list[SpecialDay], Field(max_length=400), AfterValidator(_each_day_once)
    ] = []

    def hours(self) -> Hours:
        return Hours(
            zone_named(self.time_zone),
            {int(day): _spans(intervals) for day, intervals in self.weekly.items()},
            {one.date: _spans(one.intervals) for one in self.exceptions},
        )


def _spans(intervals: list[tuple[str, str]]) -> tuple[Span, ...]:
    return tuple(read_span(*interval) for interval in intervals)
