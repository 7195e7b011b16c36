"""Public holidays of Türkiye and Poland, by the calendars of their laws."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

CLOSED: list[tuple[str, str]] = []
# A holiday that begins at noon: whoever opens that day does so in the morning.
MORNING = [("09:00", "13:00")]
Day = tuple[date, str, list[tuple[str, str]]]

# First days of Ramazan Bayramı and Kurban Bayramı, from the calendar of religious days that the
# Presidency of Religious Affairs publishes (Diyanet İşleri Başkanlığı, Dinî Günler). They are not
# computed, and only years are here that have been published: add a year when it is.
BAYRAMS = {2026: (date(2026, 3, 20), date(2026, 5, 27))}


def holidays_of(country: str, year: int) -> list[dict[str, Any]]:
    """Exceptions of a calendar, in order; `country` is "tr" or "pl"."""
    days = {"tr": _turkish, "pl": _polish}[country](year)
    return [
        {"date": day.isoformat(), "name": name, "intervals": intervals}
        for day, name, intervals in sorted(days)
    ]


def lacks_bayrams(year: int) -> bool:
    return year not in BAYRAMS


def _turkish(year: int) -> Iterator[Day]:
    """Law 2429 on national and public holidays."""
    for month, day, name in (
        (1, 1, "Yılbaşı"),
        (4, 23, "Ulusal Egemenlik ve Çocuk Bayramı"),
        (5, 1, "Emek ve Dayanışma Günü"),
        (5, 19, "Atatürk’ü Anma, Gençlik ve Spor Bayramı"),
        (7, 15, "Demokrasi ve Millî Birlik Günü"),
        (8, 30, "Zafer Bayramı"),
        (10, 29, "Cumhuriyet Bayramı"),
    ):
        yield date(year, month, day), name, CLOSED
    yield date(year, 10, 28), "Cumhuriyet Bayramı arifesi", MORNING
    for first, name, length in zip(
        BAYRAMS.get(year, ()), ("Ramazan Bayramı", "Kurban Bayramı"), (3, 4), strict=False
    ):
        yield first - timedelta(days=1), f"{name} arifesi", MORNING
        for number in range(length):
            yield first + timedelta(days=number), f"{name}, {number + 1}. gün", CLOSED


def _polish(year: int) -> Iterator[Day]:
    """The act on days free from work (ustawa o dniach wolnych od pracy)."""
    easter = easter_sunday(year)
    for month, day, name in (
        (1, 1, "Nowy Rok"),
        (1, 6, "Święto Trzech Króli"),
        (5, 1, "Święto Pracy"),
        (5, 3, "Święto Konstytucji 3 Maja"),
        (8, 15, "Wniebowzięcie NMP"),
        (11, 1, "Wszystkich Świętych"),
        (11, 11, "Narodowe Święto Niepodległości"),
        (12, 24, "Wigilia Bożego Narodzenia"),
        (12, 25, "Boże Narodzenie, pierwszy dzień"),
        (12, 26, "Boże Narodzenie, drugi dzień"),
    ):
        yield date(year, month, day), name, CLOSED
    for after, name in (
        (0, "Wielkanoc"),
        (1, "Poniedziałek Wielkanocny"),
        (49, "Zielone Świątki"),
        (60, "Boże Ciało"),
    ):
        yield easter + timedelta(days=after), name, CLOSED


def easter_sunday(year: int) -> date:
    """By the Gregorian computus in the form of Meeus, Jones and Butcher."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leaps, over = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * over + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)
