"""The one source of moments, so that simulations and tests can move time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


class _Clock:
    """Where time stands when a simulation or a test has stopped it."""

    frozen: datetime | None = None


def now() -> datetime:
    """The present moment in UTC: the machine's, or the one a simulation has set."""
    return _Clock.frozen if _Clock.frozen is not None else datetime.now(UTC)


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Within the block time stands still at `moment`; blocks may be nested."""
    before, _Clock.frozen = _Clock.frozen, moment
    try:
        yield
    finally:
        _Clock.frozen = before


def wire(moment: datetime | None) -> str | None:
    """A moment as the wire writes it: ISO 8601, UTC, milliseconds."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
