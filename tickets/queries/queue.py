"""The queue: open tickets that nobody owns yet, oldest first."""

from uuid import UUID

from django.db import connection

from tickets.domain.routing import Need

WAITING = """t.queued_at IS NOT NULL AND t.status = 'open' AND t.assignee_id IS NULL"""
# Whose queue a ticket stands in; the router looks for agents of the same team.
QUEUE = "coalesce(t.team_id, b.team_id)"


def waiting_tickets(limit: int) -> list[tuple[UUID, Need]]:
    """The first that wait, and what each of them needs."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.public_id, {QUEUE}, t.language"  # noqa: S608  our constants
            " FROM tickets_ticket t JOIN tickets_inbox b ON b.id = t.inbox_id"
            f" WHERE {WAITING} ORDER BY t.queued_at, t.number LIMIT %s",
            [limit],
        )
        return [(ticket, Need(team, language)) for ticket, team, language in cursor.fetchall()]


def positions(limit: int = 200) -> list[tuple[UUID, UUID, int]]:
    """The first waiting tickets with their visitors and places: (ticket, identity, position from 1
    within the team's queue)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.public_id, i.public_id, row_number() OVER"  # noqa: S608  our constants
            f" (PARTITION BY {QUEUE} ORDER BY t.queued_at, t.number)"
            " FROM tickets_ticket t JOIN tickets_identity i ON i.id = t.identity_id"
            " JOIN tickets_inbox b ON b.id = t.inbox_id"
            f" WHERE {WAITING}"
            " ORDER BY t.queued_at, t.number LIMIT %s",
            [limit],
        )
        return list(cursor.fetchall())


def waiting_in(team_id: int | None) -> int:
    """How many wait in a team's queue."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM tickets_ticket t"  # noqa: S608  our constants
            " JOIN tickets_inbox b ON b.id = t.inbox_id"
            f" WHERE {WAITING} AND {QUEUE} IS NOT DISTINCT FROM %s",
            [team_id],
        )
        return int(cursor.fetchone()[0])


def position_of(ticket: UUID) -> int | None:
    """A ticket's place in its team's queue, from 1; None when it does not wait."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH one AS (SELECT t.number, t.queued_at, {QUEUE} AS team
                FROM tickets_ticket t JOIN tickets_inbox b ON b.id = t.inbox_id
                WHERE t.public_id = %s AND {WAITING})
            SELECT count(*) FROM one, tickets_ticket t JOIN tickets_inbox b ON b.id = t.inbox_id
            WHERE {WAITING} AND {QUEUE} IS NOT DISTINCT FROM one.team
                AND (t.queued_at, t.number) <= (one.queued_at, one.number)""",  # noqa: S608
            [ticket],
        )
        return int(cursor.fetchone()[0]) or None
