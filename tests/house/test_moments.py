"""Every moment comes from `core.clock`, so that tests and simulations can move time."""

import re
from pathlib import Path

import pytest

from tests.house.tree import name_of, product_files

OTHER_CLOCKS = re.compile(
    r"timezone\.now\b|datetime\.(?:now|utcnow|today)\(|date\.today\(|auto_now"
    r"|functions import .*\bNow\b|\bNow\(\)|(?i:\bCURRENT_TIMESTAMP\b|\bclock_timestamp\(\))"
)
SQL_NOW = re.compile(r"\b(?:SELECT|INSERT|UPDATE|DELETE|VALUES|WHERE)\b.*(?<![\w.])now\(\)", re.S)
STRING = re.compile(r'"""(?:.*?)"""|"(?:[^"\\\n]|\\.)*"', re.DOTALL)
ALLOWED = {"helpdesk/core/clock.py"}


def other_clocks(source: str) -> list[str]:
    in_sql = [text for text in STRING.findall(source) if SQL_NOW.search(text)]
    return OTHER_CLOCKS.findall(source) + in_sql


@pytest.mark.parametrize("path", list(product_files()), ids=name_of)
def test_file_asks_no_other_clock(path: Path) -> None:
    if name_of(path) not in ALLOWED:
        assert other_clocks(path.read_text()) == []


@pytest.mark.parametrize(
    "source",
    ["sent = timezone.now()", "datetime.now(tz=UTC)", 'execute("UPDATE t SET sent = now()")'],
)
def test_the_rule_sees_other_clocks(source: str) -> None:
    assert other_clocks(source)


def test_the_rule_lets_our_clock_pass() -> None:
    assert other_clocks("from helpdesk.core.clock import now\nmoment = now()\n") == []
