"""Transactions that lose a race are tried again; nothing else is."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, transaction

P = ParamSpec("P")
R = TypeVar("R")
RETRIED = {"40P01", "40001"}  # deadlock_detected, serialization_failure
TRIES = 3


def atomic_with_retry(function: Callable[P, R]) -> Callable[P, R]:
    """Runs `function` in a transaction; a deadlock or serialization failure is retried.

    Inside another transaction there is nothing to retry (PostgreSQL has aborted it whole),
    so the error goes on to the outermost one.
    """

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        for attempt in range(1, TRIES + 1):
            outermost = not transaction.get_connection().in_atomic_block
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except OperationalError as error:
                state = getattr(error.__cause__, "sqlstate", None)
                if state not in RETRIED or not outermost or attempt == TRIES:
                    raise
        raise AssertionError("unreachable")

    return wrapper
