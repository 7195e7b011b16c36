"""Domain events: news travels upward from the app that made it to those above.

`emit` inside a transaction calls the in-transaction receivers at once (database only; an
exception rolls everything back) and stores a row for each after-commit receiver, which Celery
runs at least once with the idempotency key (event id, receiver).
"""

import contextvars
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import uuid4

import structlog
from django.db import transaction
from pydantic import BaseModel, ConfigDict

from helpdesk.core import clock
from helpdesk.realtime.models import EventOutbox

log = structlog.get_logger(__name__)
MAX_DEPTH = 5
MAX_TRIES = 12
_depth: contextvars.ContextVar[int] = contextvars.ContextVar("bus_depth", default=0)


class Event(BaseModel):
    """Base of the closed, typed events; fields are ids and plain values."""

    model_config = ConfigDict(frozen=True, extra="forbid")


E = TypeVar("E", bound=Event)
Receiver = Callable[[Any], None]

_within: dict[type[Event], list[Receiver]] = defaultdict(list)
_after: dict[str, Receiver] = {}
_after_of: dict[type[Event], list[str]] = defaultdict(list)
_classes: dict[str, type[Event]] = {}


def receive_within(event_class: type[E], receiver: Callable[[E], None]) -> None:
    """Calls `receiver` inside the emitting transaction; it may touch the database only."""
    _within[event_class].append(receiver)


def receive_after(event_class: type[E], receiver: Callable[[E], None]) -> None:
    """Runs `receiver` in Celery after the commit, at least once; it must be harmless twice."""
    name = f"{receiver.__module__}.{receiver.__qualname__}"
    _after[name] = receiver
    _after_of[event_class].append(name)
    _classes[event_class.__name__] = event_class


def emit(event: Event) -> None:
    """Tells everybody above. Must run inside a transaction; chains end at depth five."""
    depth = _depth.get()
    if depth >= MAX_DEPTH:
        raise RuntimeError(f"events chain deeper than {MAX_DEPTH}: {type(event).__name__}")
    token = _depth.set(depth + 1)
    try:
        for receiver in _within[type(event)]:
            receiver(event)
    finally:
        _depth.reset(token)
    names = _after_of[type(event)]
    if names:
        event_id, payload, now = uuid4(), event.model_dump(mode="json"), clock.now()
        rows = [
            EventOutbox(
                event_id=event_id,
                event=type(event).__name__,
                payload=payload,
                receiver=name,
                due_at=now,
                created_at=now,
            )
            for name in names
        ]
        EventOutbox.objects.bulk_create(rows)
        for row in rows:
            transaction.on_commit(partial(_wake, row.pk))


def _wake(row_id: int) -> None:
    from kombu.exceptions import OperationalError as BrokerError

    from helpdesk.realtime.tasks import deliver_event

    try:
        deliver_event.delay(row_id)
    except BrokerError as error:  # the sweep finds the row
        log.warning("event.not_woken", row=row_id, error=str(error))


def deliver(row_id: int) -> bool:
    """Runs one stored receiver and deletes the row with it; False when there was nothing to do.

    A failure is kept on the row with a later due time; after MAX_TRIES it stays for an operator.
    """
    with transaction.atomic():
        row = EventOutbox.objects.select_for_update(skip_locked=True).filter(pk=row_id).first()
        if row is None:
            return False
        try:
            with transaction.atomic():
                _after[row.receiver](_classes[row.event].model_validate(row.payload))
        except Exception as error:
            # Whatever a receiver does wrong must not lose the event: it is kept, logged, retried.
            log.exception("event.receiver_failed", receiver=row.receiver, row=row.pk)
            _put_off(row, error)
            return False
        row.delete()
    return True


def _put_off(row: EventOutbox, error: Exception) -> None:
    row.tries += 1
    row.last_error = f"{type(error).__name__}: {error}"[:2000]
    row.due_at = clock.now() + timedelta(seconds=min(3600, 2**row.tries))
    row.save(update_fields=["tries", "last_error", "due_at"])


def due_rows(limit: int = 200) -> list[int]:
    return list(
        EventOutbox.objects.filter(due_at__lte=clock.now(), tries__lt=MAX_TRIES)
        .order_by("due_at")
        .values_list("pk", flat=True)[:limit]
    )
