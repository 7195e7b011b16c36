"""The news that accounts tells the apps above it."""

from helpdesk.realtime.bus import Event


class AgentDeactivated(Event):
    """An agent may no longer sign in; what he owned needs somebody else."""

    agent_id: int
