"""The news that accounts tells the apps above it."""

from helpdesk.realtime.bus import Event


class AgentDeactivated(Event):
    """An agent may no longer sign in; what he owned needs somebody else."""

    agent_id: int


class TeamDeleted(Event):
    """A team is about to go; what stands in its queue needs another."""

    team_id: int
