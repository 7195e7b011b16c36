"""How often a client's typing is passed on."""

from uuid import UUID

TYPING_EVERY_SECONDS = 1.5


class Throttle:
    """Lets one through per ticket each TYPING_EVERY_SECONDS, and every end of typing."""

    def __init__(self) -> None:
        self._last: dict[UUID, float] = {}

    def allows(self, ticket: UUID, on: bool, now: float) -> bool:
        if not on:
            return self._last.pop(ticket, None) is not None
        if now - self._last.get(ticket, -TYPING_EVERY_SECONDS) < TYPING_EVERY_SECONDS:
            return False
        self._last[ticket] = now
        return True
