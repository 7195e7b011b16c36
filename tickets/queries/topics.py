"""Topics mirror visibility: who may see a ticket hears its topics, and nobody else."""

from uuid import UUID

from tickets.queries.rows import TicketRow


def all_tickets() -> str:
    return "all"


def agent_topic(user_id: int) -> str:
    return f"agent:{user_id}"


def team_topic(team_id: int) -> str:
    return f"team:{team_id}"


def no_team_topic(inbox_id: int) -> str:
    return f"team:none:{inbox_id}"


def ticket_topic(ticket: UUID) -> str:
    return f"ticket:{ticket}"


def visitor_topic(identity: UUID) -> str:
    return f"visitor:{identity}"


def inbox_topic(inbox_id: int) -> str:
    """What every visitor of an inbox may hear."""
    return f"visitor:inbox:{inbox_id}"


PRESENCE = "presence"


def list_topics(row: TicketRow) -> tuple[str, ...]:
    """The lists a ticket stands in."""
    team = team_topic(row.team_id) if row.team_id else no_team_topic(row.inbox_id)
    if row.assignee_id:
        return (all_tickets(), team, agent_topic(row.assignee_id))
    return (all_tickets(), team)


def staff_topics(row: TicketRow) -> tuple[str, ...]:
    return (ticket_topic(row.id), *list_topics(row))
