"""What the console knows before it shows a list."""

from typing import Any

from chat.queries.presence import agent_body
from helpdesk.accounts.models import Team, User
from helpdesk.accounts.viewer import Staff
from helpdesk.realtime import presence
from tickets.queries.capacity import loads
from tickets.queries.lists import counts


def boot(viewer: Staff) -> dict[str, Any]:
    user = User.objects.get(pk=viewer.user_id)
    present, load = presence.agents(), loads()
    agents = [
        agent_body(agent, present)
        | dict(zip(("load", "capacity"), load.get(agent.pk, (0, 0)), strict=True))
        for agent in User.objects.filter(is_active=True).order_by("name")
    ]
    mine = load.get(user.pk, (0, 0))
    return {
        "me": {
            "id": user.pk,
            "name": user.name,
            "email": user.email,
            "language": user.language,
            "theme": user.theme,
            "availability": user.availability,
            "load": mine[0],
            "capacity": mine[1],
            "teams": sorted(viewer.team_ids),
            "permissions": sorted(viewer.permissions),
        },
        "agents": agents,
        "teams": [{"id": team.pk, "name": team.name} for team in Team.objects.order_by("name")],
        "counts": counts(viewer),
    }
