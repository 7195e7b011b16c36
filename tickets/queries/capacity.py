"""Agents' load: slots are counted from tickets, never kept as a counter."""

from collections.abc import Collection

from django.db import connection

from tickets.domain.routing import Candidate

# A live chat takes a slot from assignment until it is solved or handed on.
LOAD = """(SELECT count(*) FROM tickets_ticket t JOIN tickets_inbox b ON b.id = t.inbox_id
    WHERE t.assignee_id = u.id AND t.status IN ('open', 'pending')
      AND b.kind = 'chat' AND t.via = 'chat')"""


def candidates(present: Collection[int] | None) -> list[Candidate]:
    """Agents who are online, with their load as of now; `present` None means presence is unknown
    (Redis has just lost its memory) and everybody counts as there."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT u.id, cap.chats, {LOAD}, u.languages,
                ARRAY(SELECT m.team_id FROM accounts_membership m WHERE m.user_id = u.id),
                cap.last_assigned_at
            FROM accounts_user u JOIN accounts_agentcapacity cap ON cap.user_id = u.id
            WHERE u.is_active AND u.availability = 'online' AND cap.chats > 0
              AND (%s::bigint[] IS NULL OR u.id = ANY(%s))""",  # noqa: S608  our own constant
            [None if present is None else list(present)] * 2,
        )
        return [
            Candidate(user_id, chats, load, frozenset(languages), frozenset(teams), last)
            for user_id, chats, load, languages, teams, last in cursor.fetchall()
        ]


def lock_room_of(user_id: int, *, skip_locked: bool) -> int | None:
    """Free slots of an agent, whose capacity row stays locked; None when somebody else holds it."""
    wait = "SKIP LOCKED" if skip_locked else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT chats FROM accounts_agentcapacity WHERE user_id = %s FOR UPDATE {wait}",  # noqa: S608
            [user_id],
        )
        found = cursor.fetchone()
        if found is None:
            return None
        # A statement of its own: its snapshot is newer than the lock.
        cursor.execute(f"SELECT {LOAD} FROM accounts_user u WHERE u.id = %s", [user_id])  # noqa: S608
        return int(found[0]) - int(cursor.fetchone()[0])


def lock_rooms(user_ids: Collection[int]) -> dict[int, int]:
    """Free slots of several agents, whose capacity rows stay locked; waits for them, by key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT user_id, chats FROM accounts_agentcapacity WHERE user_id = ANY(%s)"
            " ORDER BY user_id FOR UPDATE",
            [list(user_ids)],
        )
        chats = dict(cursor.fetchall())
        # A statement of its own: its snapshot is newer than the locks.
        cursor.execute(
            f"SELECT u.id, {LOAD} FROM accounts_user u WHERE u.id = ANY(%s)",  # noqa: S608
            [list(chats)],
        )
        return {user_id: chats[user_id] - load for user_id, load in cursor.fetchall()}


def loads() -> dict[int, tuple[int, int]]:
    """Every active agent's (load, capacity)."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT u.id, {LOAD}, cap.chats FROM accounts_user u
            JOIN accounts_agentcapacity cap ON cap.user_id = u.id WHERE u.is_active"""  # noqa: S608
        )
        return {user_id: (load, chats) for user_id, load, chats in cursor.fetchall()}
