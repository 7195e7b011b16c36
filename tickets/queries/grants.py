"""Which topics somebody may hear: the mirror of `visibility`."""

from collections.abc import Iterable
from uuid import UUID

from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.viewer import Staff, Visitor
from tickets.models import Identity, Inbox
from tickets.queries.rows import select_rows
from tickets.queries.topics import (
    PRESENCE,
    agent_topic,
    all_tickets,
    no_team_topic,
    team_topic,
    visitor_topic,
)
from tickets.queries.visibility import may_see, teams_seen_by


def granted(viewer: Staff, topics: Iterable[str]) -> set[str]:
    """Those of `topics` that the viewer may hear, as the database is now."""
    if not viewer.permissions:
        return set()
    asked = set(topics)
    own = {agent_topic(viewer.user_id), PRESENCE}
    if viewer.may(Permission.VIEW_ALL):
        own.add(all_tickets())
    found = asked & own
    found |= _teams(viewer, {topic for topic in asked if topic.startswith("team:")})
    return found | _tickets(viewer, {topic for topic in asked if topic.startswith("ticket:")})


def visitor_topics(viewer: Visitor) -> list[str]:
    """His own, and if he is verified those of his contact's other identities in this inbox."""
    own = {viewer.identity}
    if viewer.verified:
        others = Identity.objects.filter(
            contact_id=viewer.contact_id, tickets__inbox_id=viewer.inbox_id
        )
        own |= set(others.values_list("public_id", flat=True))
    return [visitor_topic(identity) for identity in sorted(own)]


def _teams(viewer: Staff, asked: set[str]) -> set[str]:
    if viewer.may(Permission.VIEW_ALL):
        return asked
    teams = teams_seen_by(viewer)
    mine = {team_topic(team) for team in teams}
    if any(topic.startswith("team:none:") for topic in asked):
        inboxes = Inbox.objects.filter(team_id__in=teams).values_list("pk", flat=True)
        mine |= {no_team_topic(inbox) for inbox in inboxes}
    return asked & mine


def _tickets(viewer: Staff, asked: set[str]) -> set[str]:
    ids = {topic: _uuid(topic.removeprefix("ticket:")) for topic in asked}
    known = [ticket for ticket in ids.values() if ticket is not None]
    if not known:
        return set()
    rows = select_rows("t.public_id = ANY(%s)", [known])
    seen = {row.id for row in rows if may_see(viewer, row)}
    return {topic for topic, ticket in ids.items() if ticket in seen}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
