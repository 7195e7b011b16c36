"""Hours as people type them, and the holidays of two countries."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.accounts.domain.holidays import easter_sunday, holidays_of, lacks_bayrams
from helpdesk.accounts.domain.hours import CalendarRules
from helpdesk.accounts.domain.typed_hours import (
    read_intervals,
    read_special_days,
    write_intervals,
    write_special_days,
)


@pytest.mark.parametrize(
    ("text", "intervals"),
    [
        ("09:00–12:30, 13:30–18:00", [("09:00", "12:30"), ("13:30", "18:00")]),
        ("9-17", [("09:00", "17:00")]),
        (" 9.30 - 17.00 ", [("09:30", "17:00")]),
        ("9:00—12:00;13:00—18:00", [("09:00", "12:00"), ("13:00", "18:00")]),
        ("9-12 13-18", [("09:00", "12:00"), ("13:00", "18:00")]),
        ("9 to 12 and 13 to 18", [("09:00", "12:00"), ("13:00", "18:00")]),
        ("9-12 ve 13-18", [("09:00", "12:00"), ("13:00", "18:00")]),
        ("9 do 12 i 13 do 18", [("09:00", "12:00"), ("13:00", "18:00")]),
        ("22:00–06:00", [("22:00", "06:00")]),
        ("18:00-0:00", [("18:00", "24:00")]),
        ("00:00-24:00", [("00:00", "24:00")]),
        ("24/7", [("00:00", "24:00")]),
        ("24h", [("00:00", "24:00")]),
        ("", []),
        ("–", []),
        ("Closed", []),
        ("KAPALI", []),
        ("Kapalı", []),
        ("nieczynne", []),
    ],
)
def test_a_day(text: str, intervals: list[tuple[str, str]]) -> None:
    assert read_intervals(text) == intervals


@pytest.mark.parametrize("text", ["9", "9:00", "morning", "9-12 lunch 13-18", "9-12-13", "nine-5"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read_intervals(text)


@pytest.mark.parametrize(
    ("line", "day", "name", "intervals"),
    [
        ("2026-12-25", "2026-12-25", "", []),
        ("2026-12-25 Christmas", "2026-12-25", "Christmas", []),
        ("25.12.2026: Christmas = closed", "2026-12-25", "Christmas", []),
        ("3/5/2026 Święto Konstytucji 3 Maja", "2026-05-03", "Święto Konstytucji 3 Maja", []),
        ("2026-12-24 İZİN 9-13", "2026-12-24", "İZİN", [("09:00", "13:00")]),
        ("2026-12-24, Wigilia, 9:00–11, 12–13", "2026-12-24", "Wigilia",
         [("09:00", "11:00"), ("12:00", "13:00")]),
        ("2026-10-28 10-12", "2026-10-28", "", [("10:00", "12:00")]),
        ("2026-10-28 kapalı", "2026-10-28", "", []),
    ],
)  # fmt: skip
def test_a_special_day(line: str, day: str, name: str, intervals: list[tuple[str, str]]) -> None:
    assert read_special_days(f"\n{line}\n") == [{"date": day, "name": name, "intervals": intervals}]


@pytest.mark.parametrize("line", ["Christmas", "2026-02-30 X", "32.1.2026", "2026-12-24 X 9-13 y"])
def test_what_is_no_special_day(line: str) -> None:
    with pytest.raises(ValueError, match=line):
        read_special_days(f"2026-12-25\n{line}")


HOURS = st.tuples(st.integers(0, 23), st.sampled_from([0, 15, 30, 59])).map(
    lambda time: f"{time[0]:02}:{time[1]:02}"
)


@given(st.lists(st.tuples(HOURS, HOURS.filter(lambda time: time != "00:00")), max_size=4))
def test_what_is_written_is_read_back(intervals: list[tuple[str, str]]) -> None:
    assert read_intervals(write_intervals(intervals)) == intervals
    days = [{"date": "2026-12-24", "name": "Yeni yıl, 1. gün", "intervals": intervals}]
    assert read_special_days(write_special_days(days)) == days


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    for read in (read_intervals, read_special_days):
        try:
            read(text)
        except ValueError:
            continue


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2000, date(2000, 4, 23)),
        (2019, date(2019, 4, 21)),
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
        (2049, date(2049, 4, 18)),
        (2076, date(2076, 4, 19)),
    ],
)
def test_easter(year: int, day: date) -> None:
    assert easter_sunday(year) == day


def test_polish_holidays_of_2026() -> None:
    assert [day["date"][5:] for day in holidays_of("pl", 2026)] == [
        "01-01", "01-06", "04-05", "04-06", "05-01", "05-03", "05-24", "06-04", "08-15", "11-01",
        "11-11", "12-24", "12-25", "12-26",
    ]  # fmt: skip


def test_turkish_holidays_and_those_nobody_has_announced() -> None:
    named = {day["date"]: day for day in holidays_of("tr", 2026)}
    assert named["2026-03-19"]["intervals"]
    assert named["2026-03-22"]["name"] == "Ramazan Bayramı, 3. gün"
    assert named["2026-05-30"]["name"] == "Kurban Bayramı, 4. gün"
    assert named["2026-10-29"]["intervals"] == []
    assert len(holidays_of("tr", 2030)) == 8
    assert lacks_bayrams(2030)


@pytest.mark.parametrize("country", ["tr", "pl"])
@pytest.mark.parametrize("year", [2026, 2027, 2040])
def test_holidays_make_a_calendar(country: str, year: int) -> None:
    days = read_special_days(write_special_days(holidays_of(country, year)))
    rules = CalendarRules.model_validate({"time_zone": "Europe/Warsaw", "exceptions": days})
    assert len(rules.exceptions) == len(holidays_of(country, year))
