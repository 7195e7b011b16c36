"""How long somebody at this place of the queue will wait: told from those who waited before (R2).

Everybody who has left the queue was a `Stay`. From the stays we know when each of them came to
which place, since he moves up when one of those ahead of him leaves. A wait from place 3 is the
time from coming to place 3 until an agent was there; only those who stood there have one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

# Fewer prove nothing, and a number that proves nothing is not said.
SAMPLES = 5
# Who is given to an agent as soon as he comes to a place has not stood there, and tells nothing of
# how long one stands there.
AT_ONCE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Stay:
    """One time in the queue, from `came` to `left`; `taken` by an agent, or gone without one."""

    came: datetime
    left: datetime
    taken: bool = True


@dataclass(frozen=True, slots=True)
class Wait:
    """An honest range in whole minutes; `low` 0 reads "under `high` minutes"."""

    low: int
    high: int

    def as_dict(self) -> dict[str, int]:
        return {"low": self.low, "high": self.high}


def reached(stays: Sequence[Stay], came: datetime, place: int) -> datetime | None:
    """When somebody who came to the queue then stood at this place of it; None: he never did,
    because fewer were ahead of him when he came."""
    ahead = sorted(stay.left for stay in stays if stay.came < came < stay.left)
    moved_up = len(ahead) + 1 - place
    if moved_up < 0:
        return None
    return ahead[moved_up - 1] if moved_up else came


def moved_up_at(stays: Sequence[Stay], came: datetime) -> datetime:
    """When somebody who came to the queue then, and still waits, came to the place he has now."""
    return max((stay.left for stay in stays if stay.came < came < stay.left), default=came)


def waits_from(stays: Sequence[Stay], place: int, since: datetime) -> list[timedelta]:
    """How long those whom an agent took after `since` had waited from this place on."""
    found = []
    for stay in stays:
        if stay.taken and stay.left > since:
            start = reached(stays, stay.came, place)
            if start is not None and stay.left - start >= AT_ONCE:
                found.append(stay.left - start)
    return found


def estimate(waits: Sequence[timedelta], waited: timedelta = timedelta()) -> Wait | None:
    """P50 to P80 of what is left to wait for somebody who has waited so long at his place already:
    those who were taken sooner than that say nothing of him. None when too few are left."""
    left = sorted(wait - waited for wait in waits if wait >= waited)
    if len(left) < SAMPLES:
        return None
    low, high = (_minutes(left[ceil(len(left) * share) - 1]) for share in (0.5, 0.8))
    return Wait(int(low), max(1, ceil(high)))


def _minutes(wait: timedelta) -> float:
    return wait / timedelta(minutes=1)
