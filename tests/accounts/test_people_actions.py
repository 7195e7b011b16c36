"""Inviting people, changing their rights, letting them go."""

import pytest

from helpdesk.accounts.actions import (
    AgentData,
    create_agent,
    create_team,
    delete_team,
    set_active,
    update_agent,
    update_team,
)
from helpdesk.accounts.models import Role, User
from helpdesk.core.errors import Invalid, NotAllowed
from helpdesk.realtime.models import LiveOutbox
from tests import make
from tests.people import People
from tickets.actions.assign import assign
from tickets.queries import fetch_ticket_for


def data(**fields: object) -> AgentData:
    return AgentData(**{"email": "new@example.com", "name": "New Agent", **fields})


def test_manager_creates_an_agent(people: People) -> None:
    agent = create_agent(
        make.viewer(people.mona), data(team_ids=[people.support.pk], languages=["pl"], chats=2)
    )
    assert not agent.has_usable_password()
    assert agent.capacity.chats == 2
    assert list(agent.teams.all()) == [people.support]


def test_agent_creates_nobody(people: People) -> None:
    with pytest.raises(NotAllowed):
        create_agent(make.viewer(people.alice), data())


def test_manager_makes_no_admin_and_touches_none(people: People) -> None:
    viewer = make.viewer(people.mona)
    admin = make.user("Ada", role=Role.ADMIN)
    with pytest.raises(NotAllowed):
        create_agent(viewer, data(role=Role.ADMIN))
    with pytest.raises(NotAllowed):
        update_agent(viewer, admin, data())
    with pytest.raises(NotAllowed):
        set_active(viewer, admin, active=False)


def test_email_is_taken_once_whatever_its_case(people: People) -> None:
    viewer = make.viewer(people.mona)
    create_agent(viewer, data())
    with pytest.raises(Invalid):
        create_agent(viewer, data(email="NEW@example.com"))
    assert User.objects.filter(email__iexact="new@example.com").count() == 1


def test_nobody_locks_himself_out(people: People) -> None:
    viewer = make.viewer(people.mona)
    with pytest.raises(Invalid):
        set_active(viewer, people.mona, active=False)
    with pytest.raises(Invalid):
        update_agent(viewer, people.mona, data(email=people.mona.email))


def test_change_of_teams_is_announced(people: People) -> None:
    team = create_team(make.viewer(people.mona), "Night", [people.alice.pk])
    LiveOutbox.objects.all().delete()
    update_team(make.viewer(people.mona), team, "Night", [people.bob.pk])
    told = b"".join(bytes(row.body) for row in LiveOutbox.objects.all()).decode()
    assert f"user:{people.alice.pk}" in told
    assert f"user:{people.bob.pk}" in told


def test_deleted_team_leaves_its_tickets(people: People) -> None:
    row = make.ticket(people.vera)
    delete_team(make.viewer(people.mona), people.support)
    assert fetch_ticket_for(make.viewer(people.mona), row.id).team_id is None


def test_switched_off_agent_gives_his_tickets_back(people: People) -> None:
    row = make.ticket(people.vera)
    assign(make.viewer(people.alice), row.id, agent_id=people.alice.pk)
    set_active(make.viewer(people.mona), people.alice, active=False)
    after = fetch_ticket_for(make.viewer(people.mona), row.id)
    assert after.assignee_id is None
    assert after.queued_at is not None
    people.alice.refresh_from_db()
    assert people.alice.availability == "offline"
    set_active(make.viewer(people.mona), people.alice, active=True)
    assert people.alice.is_active
