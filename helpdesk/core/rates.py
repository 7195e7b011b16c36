"""How often something may be done within a while."""

from django.core.cache import cache

from helpdesk.core.errors import TooMany


def spend(name: str, most: int, seconds: int) -> None:
    """Counts one more of `name`, from the first one on for so many seconds. Raises TooMany."""
    cache.add(name, 0, timeout=seconds)
    try:
        count = cache.incr(name)
    except ValueError:  # its time ran out between these two
        return
    if count == 1:
        # It may have run out within `incr` too, and a counter that was made there would never end.
        cache.touch(name, seconds)
    if count > most:
        raise TooMany
