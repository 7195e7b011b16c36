"""Who works at the shop, and the inbox its visitors write to."""

from django.conf import settings

from helpdesk.accounts.actions import AgentData, create_agent, create_team, set_availability
from helpdesk.accounts.models import Availability, Role, Team, User
from helpdesk.accounts.viewer import Staff, staff_viewer
from helpdesk.storefront.inbox import DEMO_INBOX
from tickets.actions.inboxes import InboxData, create_inbox
from tickets.models import Inbox

PASSWORD = "lumen-demo"  # noqa: S105  printed by script/server; the shop is made up
DOMAIN = "lumen-oak.example"
# name, address, console's language, answers in, teams, online
AGENTS = [
    ("Maja Kowalska", "maja", "en", ["pl", "en"], ["Support"], True),
    ("Deniz Aydın", "deniz", "tr", ["tr", "en"], ["Support", "Returns"], True),
    ("Tom Baker", "tom", "en", ["en"], ["Support", "Sales"], True),
    ("Zofia Nowak", "zofia", "pl", ["pl"], ["Returns"], False),
    ("Kerem Arslan", "kerem", "tr", ["tr", "en"], ["Sales"], False),
]


def is_built() -> bool:
    return Inbox.objects.filter(public_id=DEMO_INBOX).exists()


def build_people() -> dict[str, Staff]:
    """Teams, agents, a manager, an operator; viewers by the first part of their address."""
    founder = User.objects.create_superuser(
        f"admin@{DOMAIN}", PASSWORD, name="Ada Wells", languages=["en"]
    )
    admin = staff_viewer(founder)
    teams = {name: create_team(admin, name) for name in ("Support", "Returns", "Sales")}
    manager = _hire(admin, teams, ("Ewa Lis", "ewa", "en", ["pl", "en"], [], True), Role.MANAGER)
    people = {"admin": admin, "ewa": manager}
    for agent in AGENTS:
        people[agent[1]] = _hire(admin, teams, agent, Role.AGENT)
    return people


def _hire(
    admin: Staff,
    teams: dict[str, Team],
    agent: tuple[str, str, str, list[str], list[str], bool],
    role: Role,
) -> Staff:
    name, address, language, languages, team_names, online = agent
    data = AgentData(
        email=f"{address}@{DOMAIN}",
        name=name,
        role=role,
        language=language,
        languages=languages,
        team_ids=[teams[team].pk for team in team_names],
    )
    user = create_agent(admin, data, password=PASSWORD)
    if online:
        user = set_availability(user.pk, Availability.ONLINE)
    return staff_viewer(user)


def build_inbox(admin: Staff) -> Inbox:
    data = InboxData(
        name="Lumen & Oak",
        brand_color="#1a533e",
        languages=["en", "tr", "pl"],
        team_id=Team.objects.get(name="Support").pk,
        allowed_origins=[settings.PUBLIC_URL],
        phone="+48 61 555 01 00",
    )
    return create_inbox(admin, data, public_id=DEMO_INBOX)
