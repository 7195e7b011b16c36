"""Who gets the next chat: the pure decision."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tickets.domain.routing import Candidate, Need, ranked

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
ANYBODY = Need(None, "")


def agent(user_id: int, load: int = 0, **fields: object) -> Candidate:
    values = {"capacity": 3, "languages": frozenset({"en"}), "team_ids": frozenset({1}), **fields}
    return Candidate(user_id, load=load, **values)  # type: ignore[arg-type]


def order(candidates: list[Candidate], need: Need = ANYBODY) -> list[int]:
    return [candidate.user_id for candidate in ranked(candidates, need)]


def test_the_least_loaded_by_share_comes_first() -> None:
    assert order([agent(1, 2), agent(2, 2, capacity=8), agent(3, 1)]) == [2, 3, 1]


def test_the_full_get_nothing() -> None:
    assert order([agent(1, 3), agent(2, 4), agent(3, 0, capacity=0)]) == []


def test_the_team_must_be_right() -> None:
    candidates = [agent(1), agent(2, team_ids=frozenset({2, 5})), agent(3, team_ids=frozenset())]
    assert order(candidates, Need(2, "")) == [2]
    assert order(candidates) == [1, 2, 3]


def test_who_speaks_the_language_comes_before_the_idle() -> None:
    speaks = agent(2, 2, languages=frozenset({"tr", "en"}))
    assert order([agent(1), speaks], Need(1, "tr")) == [2, 1]
    assert order([agent(1), speaks], Need(1, "pl")) == [1, 2]


def test_among_equals_the_longest_without_a_chat_comes_first() -> None:
    earlier = NOON - timedelta(minutes=5)
    candidates = [agent(1, last_assigned_at=NOON), agent(2, last_assigned_at=earlier), agent(3)]
    assert order(candidates) == [3, 2, 1]


languages = st.frozensets(st.sampled_from(["en", "tr", "pl"]))
teams = st.frozensets(st.integers(1, 4), max_size=3)
moments = st.none() | st.integers(0, 600).map(lambda minutes: NOON + timedelta(minutes=minutes))
anybody = st.builds(
    Candidate, st.integers(1, 99), st.integers(0, 6), st.integers(0, 8), languages, teams, moments
)
crowds = st.lists(anybody, max_size=12, unique_by=lambda candidate: candidate.user_id)
needs = st.builds(
    Need, st.none() | st.integers(1, 4), st.sampled_from(["", "en", "tr", "pl", "de"])
)


@given(crowds, needs)
def test_exactly_the_eligible_are_ranked(crowd: list[Candidate], need: Need) -> None:
    found = ranked(crowd, need)
    eligible = {
        one.user_id
        for one in crowd
        if one.load < one.capacity and (need.team_id is None or need.team_id in one.team_ids)
    }
    assert {one.user_id for one in found} == eligible
    assert len(found) == len(eligible)


@given(crowds, needs)
def test_nobody_better_stands_behind(crowd: list[Candidate], need: Need) -> None:
    def speaks(one: Candidate) -> bool:
        return need.language in one.languages

    found = ranked(crowd, need)
    for before, after in pairwise(found):
        if need.language and speaks(before) != speaks(after):
            assert speaks(before)
        else:
            assert before.load / before.capacity <= after.load / after.capacity


@given(st.randoms(use_true_random=False), crowds, needs)
def test_the_order_they_come_in_does_not_matter(
    random: object, crowd: list[Candidate], need: Need
) -> None:
    shuffled = crowd.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ranked(shuffled, need) == ranked(crowd, need)
