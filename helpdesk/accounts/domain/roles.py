"""What each role may do. Roles are sets of permissions; code asks for permissions only."""

from enum import StrEnum


class Permission(StrEnum):
    VIEW_TEAM = "view_team"  # tickets of my teams
    VIEW_ALL = "view_all"  # every ticket
    REPLY = "reply"
    NOTE = "note"
    ASSIGN = "assign"  # to others; taking a ticket oneself needs REPLY
    SOLVE = "solve"
    MANAGE = "manage"  # teams, agents, inboxes
    OPERATE = "operate"  # everything an operator may do in /admin/


_AGENT = {
    Permission.VIEW_TEAM,
    Permission.REPLY,
    Permission.NOTE,
    Permission.ASSIGN,
    Permission.SOLVE,
}
_MANAGER = _AGENT | {Permission.VIEW_ALL, Permission.MANAGE}

ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    "agent": frozenset(_AGENT),
    "manager": frozenset(_MANAGER),
    "admin": frozenset(_MANAGER | {Permission.OPERATE}),
}
