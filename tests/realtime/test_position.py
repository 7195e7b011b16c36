"""`at`: read where it is one, refused where it is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.realtime.position import StreamId, id_in_epoch, parse_at, parse_id

EPOCH = "351b6fcd6373f3673c320f8edd7433190e050ca1"
ids = st.builds(StreamId, st.integers(0, 2**63), st.integers(0, 2**63))


@given(ids)
def test_an_id_is_read_as_it_was_written(stream_id: StreamId) -> None:
    assert parse_id(str(stream_id)) == stream_id
    assert parse_id(str(stream_id).encode()) == stream_id
    assert parse_at(f"{EPOCH}.{stream_id}") == (EPOCH, stream_id)


@given(st.lists(ids, min_size=2, max_size=20))
def test_ids_order_as_numbers(found: list[StreamId]) -> None:
    assert sorted(found) == sorted(found, key=lambda one: (one.ms, one.n))


def test_a_longer_number_is_later() -> None:
    assert parse_id("10-9") < parse_id("10-10") < parse_id("11-0")


@pytest.mark.parametrize("at", ["", ".", "x", "5", "1-2", f"{EPOCH}.5", f"{EPOCH}.a-b", f"{EPOCH}"])
def test_nonsense_is_no_place_in_the_log(at: str) -> None:
    assert id_in_epoch(at, EPOCH) is None


@given(st.text(max_size=60))
def test_whatever_a_client_says_is_taken_calmly(at: str) -> None:
    assert id_in_epoch(at, EPOCH) is None


def test_another_epoch_cannot_be_compared() -> None:
    assert id_in_epoch("other.5-0", EPOCH) is None
    assert id_in_epoch(f"{EPOCH}.5-0", EPOCH) == StreamId(5, 0)
