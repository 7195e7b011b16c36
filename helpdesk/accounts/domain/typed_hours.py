"""Opening hours as people type them: `9-12:30, 13.30 – 18`, `kapalı`, `24.12.2026 Wigilia 9-13`."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

Intervals = list[tuple[str, str]]

_TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
# Hyphen, dashes, minus; and the word in each of our languages.
_SPAN = re.compile(rf"{_TIME}\s*(?:[-‐‑–—−]|to|do)\s*{_TIME}", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:[,;&+\s]|and|ve|oraz|i\b)*")
_ALWAYS = re.compile(r"24\s*(?:h|/\s*7|sa\.?|godz\.?)|always|always open|hep açık|całą dobę")
CLOSED = {"", "-", "–", "—", "closed", "kapalı", "kapali", "zamknięte", "zamkniete", "nieczynne"}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


def read_intervals(text: str) -> Intervals:
    """Pairs of `HH:MM`; none for a closed day. Raises ValueError with what cannot be read."""
    text = _folded(" ".join(text.split()))
    if text in CLOSED:
        return []
    if _ALWAYS.fullmatch(text):
        return [("00:00", "24:00")]
    found: Intervals = []
    rest = _SPAN.sub(lambda span: _collect(span, found), text)
    if not found or not _BETWEEN.fullmatch(rest):
        raise ValueError(_SPAN.sub("", text).strip(" ,;") or text)
    return found


def _collect(span: re.Match[str], found: Intervals) -> str:
    opens, closes = (f"{int(span[at]):02}:{span[at + 1] or '00'}" for at in (1, 3))
    found.append((opens, "24:00" if closes == "00:00" else closes))
    return " "


def _folded(text: str) -> str:
    return text.casefold().replace("i\u0307", "i")  # what becomes of İ


def write_intervals(intervals: Sequence[Sequence[str]]) -> str:
    return ", ".join(f"{opens}–{closes}" for opens, closes in intervals)


def read_special_days(text: str) -> list[dict[str, Any]]:
    """A line a day: a date, perhaps a name, perhaps hours (else closed). Raises ValueError with the
    line that cannot be read."""
    return [_special_day(line) for line in text.splitlines() if line.strip()]


def write_special_days(days: Sequence[dict[str, Any]]) -> str:
    lines = []
    for day in days:
        hours = write_intervals(day.get("intervals", []))
        lines.append(" ".join(filter(None, (day["date"], day.get("name", ""), hours))))
    return "\n".join(lines)


def _special_day(line: str) -> dict[str, Any]:
    line = line.strip()
    iso, day_first = _ISO.match(line), _DAY_FIRST.match(line)
    try:
        if iso:
            day = date(*(int(part) for part in iso.groups()))
        elif day_first:
            day = date(*(int(part) for part in reversed(day_first.groups())))
        else:
            raise ValueError(line)
        end = iso.end() if iso else day_first.end() if day_first else 0
        name, intervals = _name_and_hours(line[end:].strip(" :=,\t"))
    except ValueError as error:
        raise ValueError(line) from error
    return {"date": day.isoformat(), "name": name, "intervals": intervals}


def _name_and_hours(text: str) -> tuple[str, Intervals]:
    """Hours stand at the end; a name may hold numbers, as in `3 Maja`."""
    first = _SPAN.search(text)
    if first:
        return text[: first.start()].strip(" :=,"), read_intervals(text[first.start() :])
    words = text.rsplit(maxsplit=1)
    if words and _folded(words[-1]) in CLOSED:
        text = words[0] if len(words) > 1 else ""
    return text.strip(" :=,"), []
