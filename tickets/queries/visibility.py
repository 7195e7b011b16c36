"""Who sees which ticket: one rule, once over a row and once as SQL.

Staff see a ticket if and only if they see all; or they see their teams' and its team is theirs,
or it has no team and its inbox's team is theirs; or they are its assignee. Who has no permission
at all sees nothing. A visitor sees the public part of his own identity's tickets in that inbox; a
verified one of his contact's. `tests/tickets/test_visibility.py` proves the two forms and the
topics equal.
"""

from typing import Any

from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.viewer import Staff, Viewer, Visitor
from tickets.queries.rows import TicketRow


def may_see(viewer: Viewer, row: TicketRow) -> bool:
    if isinstance(viewer, Staff):
        return _staff_may_see(viewer, row)
    if isinstance(viewer, Visitor):
        is_own = viewer.identity_id == row.identity_id
        is_contacts = viewer.verified and viewer.contact_id == row.contact_id
        return viewer.inbox_id == row.inbox_id and (is_own or is_contacts)
    return True


def _staff_may_see(viewer: Staff, row: TicketRow) -> bool:
    if not viewer.permissions:
        return False
    if viewer.may(Permission.VIEW_ALL) or row.assignee_id == viewer.user_id:
        return True
    team_id = row.team_id if row.team_id is not None else row.inbox_team_id
    return team_id in teams_seen_by(viewer)


def teams_seen_by(viewer: Staff) -> frozenset[int]:
    """The teams whose tickets he sees because he is in them."""
    return viewer.team_ids if viewer.may(Permission.VIEW_TEAM) else frozenset()


def visible(viewer: Viewer) -> tuple[str, list[Any]]:
    """The same rule as a condition over `t` and `b` for `select_rows`."""
    if isinstance(viewer, Staff):
        return _visible_to_staff(viewer)
    if isinstance(viewer, Visitor):
        if viewer.verified:
            condition = "t.inbox_id = %s AND (t.identity_id = %s OR t.contact_id = %s)"
            return condition, [viewer.inbox_id, viewer.identity_id, viewer.contact_id]
        return "t.inbox_id = %s AND t.identity_id = %s", [viewer.inbox_id, viewer.identity_id]
    return "true", []


def _visible_to_staff(viewer: Staff) -> tuple[str, list[Any]]:
    if not viewer.permissions:
        return "false", []
    if viewer.may(Permission.VIEW_ALL):
        return "true", []
    teams = sorted(teams_seen_by(viewer))
    condition = (
        "(t.team_id = ANY(%s) OR (t.team_id IS NULL AND b.team_id = ANY(%s)) OR t.assignee_id = %s)"
    )
    return condition, [teams, teams, viewer.user_id]
