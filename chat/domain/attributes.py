"""What a shop says of its customer beside his name: a handful of plain values."""

import math
import re
from collections.abc import Mapping
from typing import Any

from helpdesk.core.text import clean, one_line

MOST = 20
TEXT = 200
KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,39}")
# Beyond these a browser's numbers lose digits.
NUMBER = 2**53
Value = str | int | float | bool


def clean_attributes(given: Any) -> dict[str, Value | None]:
    """The same, fit to be kept; None takes a value away. Raises ValueError naming what is wrong:
    no object, too many, a key of another form, a value that is no text, number or truth."""
    if not isinstance(given, Mapping):
        raise ValueError("attributes")
    if len(given) > MOST:
        raise ValueError("attributes: too many")
    return {_key(key): _value(key, value) for key, value in given.items()}


def merged(known: Mapping[str, Value], news: Mapping[str, Value | None]) -> dict[str, Value]:
    """What is known now. Raises ValueError when that would be too many."""
    both = {**known, **news}
    kept = {key: value for key, value in both.items() if value is not None}
    if len(kept) > MOST:
        raise ValueError("attributes: too many")
    return kept


def _key(key: Any) -> str:
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise ValueError("attributes: a key")
    return key


def _value(key: str, value: Any) -> Value | None:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float) and math.isfinite(value) and abs(value) <= NUMBER:
        return value
    if isinstance(value, str) and len(value) <= TEXT:
        return one_line(clean(value), TEXT)
    raise ValueError(f"attributes: {key}")
