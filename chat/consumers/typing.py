"""How often a client's typing is passed on."""

from uuid import UUID

TYPING_EVERY_SECONDS = 1.5
REMEMBERED_TICKETS = 100


class Throttle:
    """Lets one through per ticket each TYPING_EVERY_SECONDS, and the end of each."""

    def __init__(self) -> None:
        self._last: dict[UUID, float] = {}
        self._on: set[UUID] = set()

    def allows(self, ticket: UUID, on: bool, now: float) -> bool:
        if not on:
            ended = ticket in self._on
            self._on.discard(ticket)
            return ended
        if now - self._last.get(ticket, -TYPING_EVERY_SECONDS) < TYPING_EVERY_SECONDS:
            return False
        if len(self._last) >= REMEMBERED_TICKETS:
            self._last.clear()
            self._on.clear()
        self._last[ticket] = now
        self._on.add(ticket)
        return True
