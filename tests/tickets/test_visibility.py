"""Every viewer × every ticket: all doors give the same answer, and it is the one of this table."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import uuid4

import pytest

from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.models import User
from helpdesk.accounts.viewer import Staff, System, Viewer, Visitor
from helpdesk.core.errors import NotFound
from tests import make
from tests.people import People
from tickets.actions.assign import assign
from tickets.actions.fetch import lock_ticket_for
from tickets.actions.solve import solve
from tickets.models import Identity, Ticket
from tickets.queries import fetch_ticket_for, tickets_for
from tickets.queries.grants import granted, visitor_topics
from tickets.queries.lists import list_page, topics_of, view_named
from tickets.queries.panel import history
from tickets.queries.rows import TicketRow
from tickets.queries.topics import list_topics, ticket_topic, visitor_topic
from tickets.queries.visibility import may_see

VERAS = {"support", "charlies", "bobs", "sales", "teamless", "teamless charlies", "solved"}
OF_SUPPORT = {"support", "charlies", "bobs", "teamless", "teamless charlies", "solved", "viktors"}
OF_CHARLIE = {"charlies", "teamless charlies", "nowhere charlies", "solved"}
NOWHERE = {"nowhere", "nowhere charlies"}
ALL = VERAS | OF_SUPPORT | OF_CHARLIE | NOWHERE

SEES: dict[str, set[str]] = {
    "agent of the team": OF_SUPPORT,
    "agent of the team, who owns one": OF_SUPPORT,
    "agent of another team": {"sales"} | OF_CHARLIE,
    "agent of both teams": OF_SUPPORT | {"sales"},
    "agent of no team": set(),
    "agent without view_team": set(),
    "owner without view_team": {"bobs"},
    "owner of another team without view_team": OF_CHARLIE,
    "manager": ALL,
    "admin": ALL,
    "deactivated owner": set(),
    "deactivated manager": set(),
    "visitor": VERAS,
    "another visitor": {"viktors"},
    "visitor of another inbox": NOWHERE,
    "new visitor": set(),
    "the contact's other identity": set(),
    "the contact's other identity, verified": VERAS,
    "the contact's verified identity in another inbox": set(),
    "system": ALL,
}


@dataclass
class World:
    people: People
    viewers: dict[str, Viewer]
    tickets: dict[str, TicketRow]


def make_tickets(people: People, walter: Visitor) -> dict[str, TicketRow]:
    mona = make.viewer(people.mona)

    def ticket(
        visitor: Visitor = people.vera, owner: User | None = None, **columns: object
    ) -> TicketRow:
        row = make.ticket(visitor)
        if owner:
            assign(mona, row.id, agent_id=owner.pk, over_capacity=True)
        if columns:
            Ticket.objects.filter(pk=row.number).update(**columns)
        return fetch_ticket_for(System(), row.id)

    tickets = {
        "support": ticket(),
        "charlies": ticket(owner=people.charlie),
        "bobs": ticket(owner=people.bob),
        "sales": ticket(team=people.sales),
        "teamless": ticket(team=None),
        "teamless charlies": ticket(owner=people.charlie, team=None),
        "nowhere": ticket(walter),
        "nowhere charlies": ticket(walter, owner=people.charlie),
        "viktors": ticket(people.viktor),
        "solved": ticket(owner=people.charlie),
    }
    tickets["solved"] = solve(mona, tickets["solved"].id)
    return tickets


def without(viewer: Staff, permission: Permission) -> Staff:
    return replace(viewer, permissions=viewer.permissions - {permission})


def deactivated(user: User) -> Staff:
    user.is_active = False
    return make.viewer(user)


def make_viewers(people: People, walter: Visitor) -> dict[str, Viewer]:
    alice, bob, charlie = map(make.viewer, (people.alice, people.bob, people.charlie))
    other = Identity.objects.create(
        contact_id=people.vera.contact_id, kind="shop", address=str(uuid4())
    )
    sibling = replace(people.vera, identity_id=other.pk, identity=other.public_id)
    return {
        "agent of the team": alice,
        "agent of the team, who owns one": bob,
        "agent of another team": charlie,
        "agent of both teams": make.viewer(make.user(teams=(people.support, people.sales))),
        "agent of no team": make.viewer(make.user()),
        "agent without view_team": without(alice, Permission.VIEW_TEAM),
        "owner without view_team": without(bob, Permission.VIEW_TEAM),
        "owner of another team without view_team": without(charlie, Permission.VIEW_TEAM),
        "manager": make.viewer(people.mona),
        "admin": make.viewer(make.user(role="admin")),
        "deactivated owner": deactivated(people.charlie),
        "deactivated manager": deactivated(people.mona),
        "visitor": people.vera,
        "another visitor": people.viktor,
        "visitor of another inbox": walter,
        "new visitor": make.visitor(people.inbox)[0],
        "the contact's other identity": sibling,
        "the contact's other identity, verified": replace(sibling, verified=True),
        "the contact's verified identity in another inbox": replace(
            sibling, verified=True, inbox_id=walter.inbox_id
        ),
        "system": System(),
    }


@pytest.fixture
def world(people: People) -> World:
    walter, _token = make.visitor(make.inbox())
    tickets = make_tickets(people, walter)
    return World(people, make_viewers(people, walter), tickets)


def staff_of(world: World) -> dict[str, Staff]:
    return {name: one for name, one in world.viewers.items() if isinstance(one, Staff)}


def names(world: World, found: Callable[[TicketRow], bool]) -> set[str]:
    return {name for name, row in world.tickets.items() if found(row)}


def opens(door: Callable[[], object]) -> bool:
    try:
        door()
    except NotFound:
        return False
    return True


def test_the_table_names_everybody(world: World) -> None:
    assert world.viewers.keys() == SEES.keys()
    assert world.tickets.keys() == ALL


def test_the_row_and_the_query_and_the_doors_agree(world: World) -> None:
    for name, viewer in world.viewers.items():
        listed = {row.id for row in tickets_for(viewer)}
        assert names(world, lambda row, viewer=viewer: may_see(viewer, row)) == SEES[name], name
        assert names(world, lambda row, ids=listed: row.id in ids) == SEES[name], name
        for door in (fetch_ticket_for, lock_ticket_for):
            opened = names(world, lambda row, v=viewer, door=door: opens(lambda: door(v, row.id)))
            assert opened == SEES[name], name


def test_lists_show_what_may_be_seen(world: World) -> None:
    for name, viewer in staff_of(world).items():
        shown = {
            view: {row.id for row in list_page(viewer, view_named(view, viewer), None).rows}
            for view in ("all", "solved", "mine", "unassigned")
        }
        seen = shown["all"] | shown["solved"]
        assert names(world, lambda row, ids=seen: row.id in ids) == SEES[name], name
        assert shown["mine"] | shown["unassigned"] <= shown["all"], name


def test_a_teams_list_is_for_its_members_and_those_who_see_all(world: World) -> None:
    view = f"team-{world.people.support.pk}"
    for name, viewer in staff_of(world).items():
        may = opens(lambda viewer=viewer: view_named(view, viewer))
        assert may == ("viktors" in SEES[name]), name


def test_history_shows_what_may_be_seen(world: World) -> None:
    of_vera = VERAS - {"viktors"}
    for name, viewer in staff_of(world).items():
        others = {row.id for row in history(viewer, world.tickets["viktors"])}
        assert not others, name
        found = {row.id for row in history(viewer, world.tickets["support"])}
        shown = names(world, lambda row, ids=found: row.id in ids)
        assert shown == (SEES[name] & of_vera) - {"support"}, name


def test_topics_are_granted_if_and_only_if_the_query_gives_the_ticket(world: World) -> None:
    for name, viewer in staff_of(world).items():
        by_list = names(world, lambda row, v=viewer: bool(granted(v, list_topics(row))))
        by_ticket = names(world, lambda row, v=viewer: bool(granted(v, [ticket_topic(row.id)])))
        assert by_list == SEES[name], name
        assert by_ticket == SEES[name], name


def test_a_screen_hears_what_its_list_may_show(world: World) -> None:
    for name, viewer in staff_of(world).items():
        asked = set(topics_of(viewer, view_named("all", viewer)))
        assert granted(viewer, asked) == (asked if viewer.permissions else set()), name
        hears = granted(viewer, asked)
        heard = names(world, lambda row, topics=hears: bool(topics & set(list_topics(row))))
        assert heard == SEES[name], name


def test_visitors_hear_what_they_see(world: World) -> None:
    for name, viewer in world.viewers.items():
        if isinstance(viewer, Visitor):
            topics = set(visitor_topics(viewer))
            heard = names(world, lambda row, own=topics: visitor_topic(row.identity) in own)
            assert heard == SEES[name], name


def test_nobody_is_granted_what_does_not_exist(world: World) -> None:
    viewer = world.viewers["manager"]
    asked = [
        "ticket:nonsense",
        f"ticket:{uuid4()}",
        f"visitor:{uuid4()}",
        "agent:0",
        "",
        "wallboard:1",
    ]
    assert granted(viewer, asked) == set()
