"""The agent's lists: keyset pages, newest activity first, at a cost that no table size changes.

Whoever sees his teams only gets a LATERAL branch a team, so that each is read from its own index
and the merge touches a page's worth of rows; counts are capped.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.viewer import Staff
from helpdesk.core.errors import Invalid, NotFound
from tickets.models import Inbox, TicketSeen
from tickets.queries import topics
from tickets.queries.rows import TicketRow, select_rows
from tickets.queries.visibility import teams_seen_by

PAGE = 50
COUNT_CAP = 100
LIVE = "t.status IN ('open', 'pending', 'on_hold')"
DONE = "t.status IN ('solved', 'closed')"
VIEWS = ("mine", "unassigned", "all", "solved")


@dataclass(frozen=True, slots=True)
class View:
    """One list: its condition, and the team it is narrowed to, if any."""

    condition: str
    params: tuple[Any, ...] = ()
    team_id: int | None = None
    is_mine: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[TicketRow]
    next: str | None


def view_named(name: str, viewer: Staff) -> View:
    """Raises NotFound for a list that does not exist or is not his."""
    if name == "mine":
        return View(f"{LIVE} AND t.assignee_id = %s", (viewer.user_id,), is_mine=True)
    if name == "unassigned":
        return View(f"{LIVE} AND t.assignee_id IS NULL")
    if name == "all":
        return View(LIVE)
    if name == "solved":
        return View(DONE)
    team = name.removeprefix("team-")
    if team.isdecimal() and (viewer.may(Permission.VIEW_ALL) or int(team) in teams_seen_by(viewer)):
        return View(f"{LIVE} AND t.team_id = %s", (int(team),), team_id=int(team))
    raise NotFound


def list_page(viewer: Staff, view: View, after: str | None) -> Page:
    """Up to 50 rows older than the cursor `after`. Raises Invalid for a cursor of no page."""
    keys = _page_numbers(viewer, view, _parse_cursor(after), PAGE + 1)
    numbers = [number for number, _ in keys[:PAGE]]
    rows = {row.number: row for row in select_rows("t.number = ANY(%s)", [numbers])}
    ordered = [rows[number] for number in numbers if number in rows]
    more = len(keys) > PAGE
    return Page(ordered, _cursor(*keys[PAGE - 1]) if more else None)


def counts(viewer: Staff) -> dict[str, int]:
    """How many stand in each list, at most 100 (which a screen shows as "99+")."""
    return {
        name: len(_page_numbers(viewer, view_named(name, viewer), None, COUNT_CAP))
        for name in VIEWS[:3]
    }


def seen_of(viewer: Staff, rows: list[TicketRow]) -> dict[str, dict[str, int]]:
    """How far the viewer has read each of these tickets."""
    ids = {row.number: str(row.id) for row in rows}
    seen = TicketSeen.objects.filter(user_id=viewer.user_id, ticket_id__in=ids).values_list(
        "ticket_id", "seq", "inbound_count"
    )
    return {ids[number]: {"seq": seq, "inbound_count": count} for number, seq, count in seen}


def topics_of(viewer: Staff, view: View) -> list[str]:
    """What a screen that shows this list has to hear."""
    mine = topics.agent_topic(viewer.user_id)
    if view.is_mine:
        return [mine]
    if view.team_id is not None:
        return [topics.team_topic(view.team_id)]
    if viewer.may(Permission.VIEW_ALL):
        return [topics.all_tickets()]
    teams = teams_seen_by(viewer)
    inboxes = Inbox.objects.filter(team_id__in=teams).values_list("pk", flat=True)
    return [
        mine,
        *(topics.team_topic(team) for team in sorted(teams)),
        *(topics.no_team_topic(inbox) for inbox in inboxes),
    ]


def _page_numbers(
    viewer: Staff, view: View, cursor: tuple[datetime, int] | None, limit: int
) -> list[tuple[int, datetime]]:
    if not viewer.permissions:
        return []
    condition, params = view.condition, list(view.params)
    if cursor is not None:
        condition += " AND (t.last_at, t.number) < (%s, %s)"
        params += cursor
    branch = f"SELECT t.number, t.last_at FROM tickets_ticket t WHERE {condition}"  # noqa: S608  constants
    order = f"ORDER BY t.last_at DESC, t.number DESC LIMIT {limit}"
    if view.is_mine or view.team_id is not None or viewer.may(Permission.VIEW_ALL):
        sql = f"{branch} {order}"
    else:
        sql, params = _of_my_teams(viewer, branch, order, params, limit)
    with connection.cursor() as db:
        db.execute(sql, params)
        return list(db.fetchall())


def _of_my_teams(
    viewer: Staff, branch: str, order: str, params: list[Any], limit: int
) -> tuple[str, list[Any]]:
    """Three sorts of tickets he sees, each from its index; UNION takes out those seen twice."""
    teams = sorted(teams_seen_by(viewer))
    inboxes = list(Inbox.objects.filter(team_id__in=teams).values_list("pk", flat=True))
    sql = f"""SELECT number, last_at FROM (
        (SELECT p.number, p.last_at FROM unnest(%s::bigint[]) AS mine(team), LATERAL
            ({branch} AND t.team_id = mine.team {order}) p)
        UNION (SELECT * FROM ({branch} AND t.team_id IS NULL AND t.inbox_id = ANY(%s) {order}) q)
        UNION (SELECT * FROM ({branch} AND t.assignee_id = %s {order}) r)
        ) AS found ORDER BY last_at DESC, number DESC LIMIT {limit}"""  # noqa: S608  constants
    return sql, [teams, *params, *params, inboxes, *params, viewer.user_id]


def _cursor(number: int, last_at: datetime) -> str:
    return base64.urlsafe_b64encode(f"{last_at.isoformat()}|{number}".encode()).decode()


def _parse_cursor(text: str | None) -> tuple[datetime, int] | None:
    if not text:
        return None
    try:
        moment, _, number = base64.urlsafe_b64decode(text.encode()).decode().partition("|")
        return datetime.fromisoformat(moment), int(number)
    except (ValueError, binascii.Error) as error:
        raise Invalid from error
