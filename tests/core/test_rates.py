"""Limits that are counted for a while."""

from uuid import uuid4

import pytest
from django.core.cache import cache

from helpdesk.core.errors import TooMany
from helpdesk.core.rates import spend


@pytest.fixture
def name() -> str:
    return f"tried:{uuid4()}"


def seconds_left(name: str) -> int:
    return int(cache._cache.get_client().ttl(cache.make_key(name)))


def test_so_many_and_no_more(name: str) -> None:
    for _ in range(3):
        spend(name, 3, 60)
    with pytest.raises(TooMany):
        spend(name, 3, 60)
    assert 0 < seconds_left(name) <= 60


def test_a_counter_that_would_never_end_gets_its_end(name: str) -> None:
    """As if the old one had run out just before it was raised."""
    cache.set(name, 0, timeout=None)
    spend(name, 3, 60)
    assert 0 < seconds_left(name) <= 60
