"""Giving a ticket to an agent, or back to the queue; and to another team."""

from dataclasses import dataclass
from uuid import UUID

from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.models import AgentCapacity, Team, User
from helpdesk.accounts.viewer import Staff
from helpdesk.core import clock
from helpdesk.core.errors import Closed, Invalid, NotFound, OverCapacity
from helpdesk.core.retry import atomic_with_retry
from helpdesk.core.text import link_html
from helpdesk.realtime.bus import emit
from tickets.actions.announce_queue import queue_changed, wait_of
from tickets.actions.body import clean_body
from tickets.actions.fetch import lock_ticket_for
from tickets.actions.record import Change, Draft, Fact, record
from tickets.events import TicketAssigned
from tickets.models import AuthorKind, MessageKind
from tickets.models.ticket import DONE_STATUSES
from tickets.queries.bodies import first_name
from tickets.queries.capacity import lock_room_of
from tickets.queries.rows import TicketRow
from tickets.queries.topics import agent_topic, list_topics


@dataclass(frozen=True, slots=True)
class Assigner:
    """Who gives the ticket: routing (`user_id` None) or a person."""

    user_id: int | None = None
    name: str = ""

    @property
    def kind(self) -> str:
        return AuthorKind.AGENT if self.user_id else AuthorKind.SYSTEM


@atomic_with_retry
def assign(
    viewer: Staff, ticket: UUID, *, agent_id: int | None, over_capacity: bool = False
) -> TicketRow:
    """Gives a ticket to an agent (None: back to the queue). A person may exceed an agent's
    capacity after a confirmation, which is logged.

    Raises NotFound, NotAllowed, Closed, OverCapacity.
    """
    viewer.must(Permission.REPLY if agent_id == viewer.user_id else Permission.ASSIGN)
    row = lock_ticket_for(viewer, ticket)
    if row.status in DONE_STATUSES:
        raise Closed
    if row.assignee_id == agent_id:
        return row
    agent = _fetch_agent(agent_id)
    room = lock_room_of(agent.pk, skip_locked=False) if agent else None
    is_over = room is not None and room <= 0 and row.is_live
    if is_over and not over_capacity:
        raise OverCapacity
    give(row, agent, by=Assigner(viewer.user_id, viewer.name), is_over=is_over)
    queue_changed()
    return row


def give(row: TicketRow, agent: User | None, *, by: Assigner, is_over: bool = False) -> None:
    """Assigns a locked row to an agent whose capacity row is locked too."""
    change = Change()
    previous, wait = row.assignee_id, wait_of(row)
    reassign_row(row, agent, change)
    change.facts.append(
        Fact(row, "assigned", by.kind, by.user_id,
             {"agent": agent.pk if agent else None, "previous": previous, "over": is_over, **wait})
    )  # fmt: skip
    reason = "agent" if by.user_id else "routing"
    change.drafts.append(
        Draft(row, MessageKind.EVENT, AuthorKind.SYSTEM, event="assigned", is_public=False,
              data={"name": agent.name if agent else None, "by": by.user_id, "by_name": by.name,
                    "reason": reason})
    )  # fmt: skip
    if agent:
        change.drafts.append(
            Draft(row, MessageKind.EVENT, AuthorKind.SYSTEM, event="joined",
                  data={"name": first_name(agent.name)})
        )  # fmt: skip
        AgentCapacity.objects.filter(user=agent).update(last_assigned_at=clock.now())
    record(change)
    emit(
        TicketAssigned(
            ticket_id=row.number, agent_id=agent.pk if agent else None, previous_agent_id=previous
        )
    )


def reassign_row(row: TicketRow, agent: User | None, change: Change) -> None:
    """Sets the locked row's owner and notes which lists it leaves."""
    if row.assignee_id:
        change.left.setdefault(row.id, set()).add(agent_topic(row.assignee_id))
    change.regrouped.add(row.id)
    row.assignee_id = agent.pk if agent else None
    row.assignee_name = agent.name if agent else ""
    row.assignee_availability = agent.availability if agent else ""
    row.queued_at = clock.now() if agent is None and row.is_routed else None


@atomic_with_retry
def transfer(viewer: Staff, ticket: UUID, *, team_id: int, note: str = "") -> TicketRow:
    """Hands a ticket to another team's queue, with an internal note for them if one is given.

    Raises NotFound, NotAllowed, Closed, TooLong, Invalid (it is that team's already).
    """
    viewer.must(Permission.ASSIGN)
    row = lock_ticket_for(viewer, ticket)
    if row.status in DONE_STATUSES:
        raise Closed
    team = Team.objects.filter(pk=team_id).first()
    if team is None or row.team_id == team_id:
        raise Invalid
    change, previous = Change(), row.assignee_id
    before = set(list_topics(row))
    if note.strip():
        viewer.must(Permission.NOTE)
        note = clean_body(note)
        change.drafts.append(
            Draft(row, MessageKind.NOTE, AuthorKind.AGENT, viewer.user_id, viewer.name, note,
                  link_html(note), is_public=False)
        )  # fmt: skip
    if row.queued_at is not None:
        wait = wait_of(row)
        change.facts.append(Fact(row, "left_queue", AuthorKind.AGENT, viewer.user_id, wait))
    reassign_row(row, None, change)
    row.team_id, row.team_name = team.pk, team.name
    change.left[row.id] = before - set(list_topics(row))
    change.drafts.append(
        Draft(row, MessageKind.EVENT, AuthorKind.SYSTEM, event="transferred", is_public=False,
              data={"team": team.name, "by_name": viewer.name})
    )  # fmt: skip
    change.facts.append(
        Fact(row, "transferred", AuthorKind.AGENT, viewer.user_id, {"team": team.pk})
    )
    record(change)
    if previous is not None:
        emit(TicketAssigned(ticket_id=row.number, agent_id=None, previous_agent_id=previous))
    queue_changed()
    return row


def _fetch_agent(agent_id: int | None) -> User | None:
    if agent_id is None:
        return None
    agent = User.objects.filter(pk=agent_id, is_active=True).first()
    if agent is None or Permission.REPLY not in agent.permissions:
        raise NotFound
    return agent
