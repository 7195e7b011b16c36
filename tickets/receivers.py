"""What tickets does when it hears of something from below."""

from helpdesk.accounts.events import AgentDeactivated, TeamDeleted
from helpdesk.realtime.bus import receive_within
from tickets.actions.release import release_tickets_of, release_tickets_of_team


def connect() -> None:
    receive_within(AgentDeactivated, release_after_deactivation)
    receive_within(TeamDeleted, release_after_deletion)


def release_after_deactivation(event: AgentDeactivated) -> None:
    release_tickets_of(event.agent_id)


def release_after_deletion(event: TeamDeleted) -> None:
    release_tickets_of_team(event.team_id)
