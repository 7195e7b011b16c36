"""Honest waits and answers, told from facts alone (R2)."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import connection

from helpdesk.core import clock
from tickets.domain.waits import Stay, Wait, estimate, moved_up_at, waits_from
from tickets.queries.queue import QUEUE, waiting_in

WINDOW = timedelta(minutes=30)
# Who stood ahead of those who were taken within the window may have left before it.
CONTEXT = timedelta(hours=2)
REPLY_DAYS = 7
REPLY_SAMPLES = 10
REPLY_LIMIT = 500
REPLY_CACHED_SECONDS = 300


def wait_at(team_id: int | None, place: int, came: datetime) -> Wait | None:
    """What is left to wait for somebody at this place of the team's queue, who came to it then;
    None if too few waited there within the last half hour."""
    now = clock.now()
    stays = _stays(team_id, now)
    waited_here = now - moved_up_at(stays, came)
    return estimate(waits_from(stays, place, now - WINDOW), waited_here)


def wait_of_newcomer(team_id: int | None) -> Wait | None:
    """What somebody would wait who asked now; he would stand behind all who wait."""
    return wait_at(team_id, waiting_in(team_id) + 1, clock.now())


def reply_minutes(team_id: int | None) -> int | None:
    """The usual time to our first answer: the median of a week, in minutes rounded up; None with
    fewer than ten samples. It changes slowly, so it is measured every five minutes at most."""
    name = f"reply-minutes:{team_id}"
    known = cache.get(name)
    if known is None:
        known = _measure_replies(team_id)
        cache.set(name, known, timeout=REPLY_CACHED_SECONDS)
    return known or None


def _stays(team_id: int | None, now: datetime) -> list[Stay]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT created_at, (data->>'waited')::float, name = 'assigned'"
            " FROM tickets_ticketevent"
            " WHERE name IN ('assigned', 'left_queue') AND created_at > %s AND data ? 'waited'"
            " AND (data->>'queue')::bigint IS NOT DISTINCT FROM %s",
            [now - CONTEXT, team_id],
        )
        return [
            Stay(left - timedelta(seconds=waited), left, taken)
            for left, waited, taken in cursor.fetchall()
        ]


def _measure_replies(team_id: int | None) -> int:
    """0 stands for: not known. The newest answers only, so that a busy week costs no more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), ceil(extract(epoch FROM percentile_cont(0.5)"  # noqa: S608  our constant
            " WITHIN GROUP (ORDER BY reply.took)) / 60)::int"
            " FROM (SELECT e.created_at - t.created_at AS took FROM tickets_ticketevent e"
            " JOIN tickets_ticket t ON t.number = e.ticket_id"
            " JOIN tickets_inbox b ON b.id = t.inbox_id"
            " WHERE e.name = 'first_reply' AND e.created_at > %s AND t.via = 'chat'"
            f" AND {QUEUE} IS NOT DISTINCT FROM %s ORDER BY e.created_at DESC LIMIT %s) reply",
            [clock.now() - timedelta(days=REPLY_DAYS), team_id, REPLY_LIMIT],
        )
        count, minutes = cursor.fetchone()
    return max(1, int(minutes)) if count >= REPLY_SAMPLES else 0
