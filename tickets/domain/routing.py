"""Who gets the next chat: a pure decision over rows that an action has read (R10, R11).

Eligible are agents who are online, in the right team, and have a free slot. Among them: those who
speak the customer's language first (nobody else only if nobody does), then the least loaded by
share of capacity, then the one who has waited longest for a chat.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agent who is there; `load` of `capacity` chats are his now."""

    user_id: int
    capacity: int
    load: int
    languages: frozenset[str]
    team_ids: frozenset[int]
    last_assigned_at: datetime | None = None

    @property
    def has_room(self) -> bool:
        return self.load < self.capacity


@dataclass(frozen=True, slots=True)
class Need:
    """What a waiting ticket asks for; no team means that any agent will do."""

    team_id: int | None
    language: str


def ranked(candidates: Iterable[Candidate], need: Need) -> list[Candidate]:
    """The eligible candidates, best first."""
    eligible = [
        candidate
        for candidate in candidates
        if candidate.has_room and (need.team_id is None or need.team_id in candidate.team_ids)
    ]
    return sorted(eligible, key=lambda candidate: _order(candidate, need))


def _order(candidate: Candidate, need: Need) -> tuple[bool, float, float, int]:
    speaks = not need.language or need.language in candidate.languages
    waited_since = candidate.last_assigned_at.timestamp() if candidate.last_assigned_at else 0.0
    return (not speaks, candidate.load / candidate.capacity, waited_since, candidate.user_id)
