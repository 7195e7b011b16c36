"""Every write about people who answer."""

from helpdesk.accounts.actions.calendars import delete_calendar, save_calendar
from helpdesk.accounts.actions.people import (
    AgentData,
    check_rights,
    create_agent,
    set_active,
    update_agent,
)
from helpdesk.accounts.actions.preferences import set_availability, set_preferences
from helpdesk.accounts.actions.teams import create_team, delete_team, update_team

__all__ = [
    "AgentData",
    "check_rights",
    "create_agent",
    "create_team",
    "delete_calendar",
    "delete_team",
    "save_calendar",
    "set_active",
    "set_availability",
    "set_preferences",
    "update_agent",
    "update_team",
]
