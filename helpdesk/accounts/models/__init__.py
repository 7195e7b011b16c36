from helpdesk.accounts.models.calendar import Calendar
from helpdesk.accounts.models.team import Membership, Skill, Team
from helpdesk.accounts.models.user import AgentCapacity, Availability, Role, User

__all__ = [
    "AgentCapacity",
    "Availability",
    "Calendar",
    "Membership",
    "Role",
    "Skill",
    "Team",
    "User",
]
