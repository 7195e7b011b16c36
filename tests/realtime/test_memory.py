"""The memory of the log against a plain list that forgets nothing."""

import orjson
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.realtime.entry import Entry
from helpdesk.realtime.memory import REPLAY_LIMIT, LogMemory, frame
from helpdesk.realtime.position import ZERO, StreamId
from tests.realtime.strategies import TOPICS, entry

LIMIT = 8
steps = st.integers(1, 3)
topics = st.sets(st.sampled_from(TOPICS), max_size=4)


def said(position: int) -> Entry:
    return Entry(("all",), staff=f'{{"n":{position}}}')


def filled(count: int, limit: int = 10_000) -> LogMemory:
    memory = LogMemory(limit)
    memory.restart(ZERO, floor=ZERO)
    for position in range(1, count + 1):
        memory.append(StreamId(position, 0), said(position))
    return memory


@given(st.lists(st.tuples(steps, entry), max_size=25), topics, st.integers(0, 80))
def test_it_knows_what_a_list_knows_or_says_that_it_does_not(
    log: list[tuple[int, Entry]], asked: set[str], last: int
) -> None:
    memory, at, everything = LogMemory(LIMIT), 0, []
    memory.restart(ZERO, floor=ZERO)
    for step, one in log:
        at += step
        everything.append((StreamId(at, 0), one))
        memory.append(StreamId(at, 0), one)
    kept = [(stream_id, one) for stream_id, one in everything if one.keep]
    forgotten = kept[: max(0, len(kept) - LIMIT)]

    found = memory.since(StreamId(last, 0), asked)

    if forgotten and StreamId(last, 0) < forgotten[-1][0]:
        assert found is None
        return
    assert found is not None
    expected = [
        stream_id
        for stream_id, one in kept
        if stream_id > StreamId(last, 0) and any(t in asked and one.body_for(t) for t in one.topics)
    ]
    assert [stream_id for stream_id, _ in found] == expected
    bodies = dict(kept)
    for stream_id, rest in found:
        event = orjson.loads(frame("e.1-0", rest))
        topic = event.pop("topic")
        assert topic in asked
        assert orjson.loads(bodies[stream_id].body_for(topic)).items() <= (event | {}).items()


def test_up_to_500_are_replayed_in_order() -> None:
    memory = filled(REPLAY_LIMIT + 1)
    found = memory.since(StreamId(1, 0), ["all"])
    assert found is not None
    assert [stream_id.ms for stream_id, _ in found] == list(range(2, REPLAY_LIMIT + 2))


def test_more_than_500_are_not() -> None:
    assert filled(REPLAY_LIMIT + 1).since(ZERO, ["all"]) is None


def test_500_are_counted_after_the_topics_were_asked() -> None:
    memory = filled(REPLAY_LIMIT + 100)
    assert memory.since(ZERO, ["team:1"]) == []


def test_what_was_dropped_cannot_be_resumed_over() -> None:
    memory = filled(20, limit=10)
    assert memory.since(StreamId(9, 0), ["all"]) is None
    found = memory.since(StreamId(10, 0), ["all"])
    assert found is not None
    assert len(found) == 10


def test_ephemeral_entries_are_not_kept() -> None:
    memory = filled(1)
    memory.append(StreamId(2, 0), Entry(("all",), staff="{}", keep=False))
    assert memory.newest == StreamId(2, 0)
    found = memory.since(ZERO, ["all"])
    assert found is not None
    assert [stream_id.ms for stream_id, _ in found] == [1]


def test_an_entry_of_two_of_his_topics_comes_once() -> None:
    memory = filled(0)
    memory.append(StreamId(1, 0), Entry(("all", "team:1"), staff='{"n":1}'))
    found = memory.since(ZERO, ["all", "team:1"])
    assert found is not None
    assert len(found) == 1


def test_restart_forgets() -> None:
    memory = filled(5)
    memory.restart(StreamId(7, 0), floor=StreamId(9, 0))
    assert memory.since(StreamId(8, 0), ["all"]) is None
    assert memory.since(StreamId(9, 0), ["all"]) == []
