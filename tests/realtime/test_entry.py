"""What is packed comes out again, whatever people write."""

from hypothesis import given
from hypothesis import strategies as st

from helpdesk.realtime.entry import Entry, pack, pack_all, unpack, unpack_all
from tests.realtime.strategies import entry


@given(entry)
def test_packed_and_unpacked(one: Entry) -> None:
    assert unpack(pack(one)) == one


@given(st.lists(entry, min_size=1, max_size=5))
def test_many_packed_and_unpacked(several: list[Entry]) -> None:
    assert unpack_all(pack_all(several)) == several


@given(entry, st.sampled_from(["visitor:a", "visitor:"]))
def test_visitors_are_only_handed_the_public_body(one: Entry, topic: str) -> None:
    assert one.body_for(topic) == one.public


@given(entry, st.sampled_from(["all", "agent:7", "ticket:visitor:a"]))
def test_staff_is_only_handed_the_staff_body(one: Entry, topic: str) -> None:
    assert one.body_for(topic) == one.staff
