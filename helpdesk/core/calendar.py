"""Opening hours: the one calendar engine, for the widget, deadlines, routing and reports.

Pure: local times of a place in, UTC moments out. What a change of the clocks means is settled in
one function, `_moment`: an opening or closing time stands for the first moment at which the wall
clock there shows it or a later time. So an interval is never broken in two, intervals that touch on
paper touch on every day of the year, and a time that the clocks jump over is the moment of the
jump. Durations are real time: a night shift is an hour longer when the clocks go back.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60
# How far ahead we look for somebody to answer; whoever is closed longer has closed.
HORIZON = timedelta(days=60)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Open from `start` to `end`, in minutes of the wall clock since the day's midnight; past the
    day's end it runs into the next day, at most until the time of day at which it began."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if (
            not 0 <= self.start < DAY_MINUTES
            or not self.start < self.end <= self.start + DAY_MINUTES
        ):
            raise ValueError(f"no span: {self.start} to {self.end}")


WHOLE_DAY = Span(0, DAY_MINUTES)
Moments = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Hours:
    """`weekly` by weekday (0 is Monday); `exceptions` by date take the weekday's place, and no
    spans mean closed. A span belongs to the day on which it begins: a night shift that began on the
    eve of a holiday is worked to its end. Arguments are aware moments; answers are in UTC."""

    zone: ZoneInfo
    weekly: Mapping[int, Sequence[Span]]
    exceptions: Mapping[date, Sequence[Span]]

    def spans_of(self, day: date) -> Sequence[Span]:
        return self.exceptions.get(day, self.weekly.get(day.weekday(), ()))

    def is_open(self, at: datetime) -> bool:
        return any(True for _ in self.intervals(at, at + timedelta(microseconds=1)))

    def next_opening(self, at: datetime) -> datetime | None:
        """The first open moment from `at` on, `at` itself while it is open; None if there is none
        within 60 days."""
        first = next(self.intervals(at, at + HORIZON), None)
        return first[0] if first else None

    def intervals(self, start: datetime, end: datetime) -> Iterator[Moments]:
        """When it is open between two moments: apart from each other, in order, end excluded."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        current: Moments | None = None
        for opens, closes in self._clipped(start, end):
            if current is None or opens > current[1]:
                if current:
                    yield current
                current = opens, closes
            else:
                current = current[0], max(current[1], closes)
        if current:
            yield current

    def add_open_time(self, at: datetime, duration: timedelta) -> datetime | None:
        """The moment at which it has been open for `duration` since `at` (`at` itself for none):
        a closing time rather than the opening after it. None if it stays closed for 60 days."""
        left, since = duration, at.astimezone(UTC)
        if left <= timedelta():
            return since
        while True:
            found = False
            for opens, closes in self.intervals(since, since + HORIZON):
                found = True
                if left <= closes - opens:
                    return opens + left
                left -= closes - opens
            if not found:
                return None
            since += HORIZON

    def _clipped(self, start: datetime, end: datetime) -> Iterator[Moments]:
        """Each day's spans as moments, in order of their beginnings; they may touch or overlap."""
        # A span may end a day after the one it belongs to, and 24 hours later on the wall clock.
        day = start.astimezone(self.zone).date() - 2 * DAY
        last = end.astimezone(self.zone).date()
        while day <= last:
            for span in sorted(self.spans_of(day)):
                opens = max(start, _moment(self.zone, day, span.start))
                closes = min(end, _moment(self.zone, day, span.end))
                if opens < closes:
                    yield opens, closes
            day += DAY


ALWAYS = Hours(ZoneInfo("UTC"), dict.fromkeys(range(7), (WHOLE_DAY,)), {})


def _moment(zone: ZoneInfo, day: date, minutes: int) -> datetime:
    """The first moment at which the wall clock shows this time of this day, or a later one."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    # The clocks jump over it. Read by the offset after the jump it lies before, and by the one
    # before the jump (which `moment` is) after it.
    return _jump(zone, wall.replace(tzinfo=zone, fold=1).astimezone(UTC), moment)


def _jump(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The second at which the offset changes, somewhere in (before, after]."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after
