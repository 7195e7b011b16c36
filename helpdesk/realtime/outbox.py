"""From commit to stream: announcements wait in a row until Redis has them.

The transaction stores one row; after COMMIT the same process sends it and deletes the row (the
fast way). Whatever a dead process left behind is sent by the relay. So an entry may come twice or
late, never not at all; clients drop by (ticket, seq) and by version.
"""

import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial

import structlog
from django.conf import settings
from django.db import transaction
from redis import RedisError, TimeoutError

from helpdesk.core import clock
from helpdesk.core.retry import atomic_with_retry
from helpdesk.core.statements import binary_cursor
from helpdesk.realtime.entry import Entry, pack, pack_all, unpack_all
from helpdesk.realtime.models import LiveOutbox
from helpdesk.realtime.redis import STREAM, client

log = structlog.get_logger(__name__)
STREAM_LENGTH = settings.ENV.live_stream_length
RELAY_AFTER = timedelta(seconds=2)
RELAY_BATCH = 200
HANGING_SECONDS = 1.0


class _Hanging:
    """Until when nobody asks a Redis that has just let somebody wait in vain."""

    until = 0.0


def announce(entries: Sequence[Entry]) -> None:
    """Says `entries` after the running transaction has committed; nothing if it rolls back."""
    if entries:
        row_id = store(entries)
        transaction.on_commit(partial(_send_and_settle, row_id, entries))


def announce_access(user_id: int) -> None:
    """His rights have changed: every process checks all his subscriptions again, and his screens
    load what they show anew, since nothing announces what he may see from now on."""
    body = '{"type":"config.changed"}'
    announce([Entry((f"agent:{user_id}",), body, access=f"user:{user_id}")])


def store(entries: Iterable[Entry], settled: Sequence[int] = ()) -> int:
    """One row for all `entries`; rows in `settled`, sent earlier, go in the same statement."""
    with binary_cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM realtime_liveoutbox WHERE id = ANY(%s))"
            " INSERT INTO realtime_liveoutbox (body, created_at) VALUES (%s, %s) RETURNING id",
            [list(settled), pack_all(entries), clock.now()],
        )
        return int(cursor.fetchone()[0])


def settle(row_ids: Sequence[int]) -> None:
    """Deletes rows that have been sent."""
    LiveOutbox.objects.filter(pk__in=row_ids).delete()


def send(entries: Sequence[Entry]) -> bool:
    """Appends to the stream in one round trip; False when Redis refuses. While Redis hangs only
    one try a second waits for it: the others leave their rows to the relay."""
    if time.monotonic() < _Hanging.until:
        return False
    pipe = client().pipeline(transaction=False)
    for entry in entries:
        pipe.xadd(STREAM, {b"e": pack(entry)}, maxlen=STREAM_LENGTH, approximate=True)
    try:
        pipe.execute()
    except RedisError as error:
        if isinstance(error, TimeoutError):
            _Hanging.until = time.monotonic() + HANGING_SECONDS
        log.warning("live.send_failed", entries=len(entries), error=str(error))
        return False
    return True


def _send_and_settle(row_id: int, entries: Sequence[Entry]) -> None:
    if send(entries):
        settle([row_id])


def relay() -> int:
    """Sends rows that their process did not; how many. Safe to run anywhere at any time."""
    sent = 0
    while (count := _relay_batch()) == RELAY_BATCH:
        sent += count
    return sent + count


@atomic_with_retry
def _relay_batch() -> int:
    rows = list(
        LiveOutbox.objects.select_for_update(skip_locked=True)
        .filter(created_at__lt=clock.now() - RELAY_AFTER)
        .order_by("pk")[:RELAY_BATCH]
    )
    entries = [entry for row in rows for entry in unpack_all(bytes(row.body))]
    if not entries or not send(entries):
        return 0
    settle([row.pk for row in rows])
    log.info("live.relayed", rows=len(rows), entries=len(entries))
    return len(rows)
