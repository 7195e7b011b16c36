"""What tickets does when it hears of something from below."""

from helpdesk.accounts.events import AgentDeactivated
from helpdesk.realtime.bus import receive_within
from tickets.actions.release import release_tickets_of


def connect() -> None:
    receive_within(AgentDeactivated, release_after_deactivation)


def release_after_deactivation(event: AgentDeactivated) -> None:
    release_tickets_of(event.agent_id)
