"""The console's HTTP side: snapshots and the verbs that are no messages."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from helpdesk.accounts.viewer import Staff, current_staff
from helpdesk.core.errors import Invalid
from helpdesk.core.jsonio import read_object, reply
from helpdesk.realtime.position import current_at
from tickets.actions.assign import assign, transfer
from tickets.actions.reopen import reopen
from tickets.actions.route import route_ticket, route_waiting
from tickets.actions.solve import solve
from tickets.queries import fetch_ticket_for
from tickets.queries.bodies import staff_row
from tickets.queries.lists import counts, list_page, seen_of, topics_of, view_named
from tickets.queries.messages import page_before
from tickets.queries.panel import contact_panel, history
from tickets.queries.rows import TicketRow

P = ParamSpec("P")


def for_staff(
    view: Callable[Concatenate[HttpRequest, Staff, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Hands the view its viewer; answers 401 as JSON when nobody is signed in."""

    def wrapper(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, current_staff(request), *args, **kwargs)

    update_wrapper(wrapper, view)
    return wrapper


@require_GET
@for_staff
def ticket_list(request: HttpRequest, viewer: Staff) -> HttpResponse:
    at = current_at()
    view = view_named(request.GET.get("view", "mine"), viewer)
    page = list_page(viewer, view, request.GET.get("after"))
    return reply(
        {
            "at": at,
            "topics": topics_of(viewer, view),
            "rows": [staff_row(row) for row in page.rows],
            "seen": seen_of(viewer, page.rows),
            "next": page.next,
            "counts": counts(viewer),
        }
    )


def ticket_body(viewer: Staff, row: TicketRow) -> dict[str, Any]:
    """A ticket whole: its row, its newest messages, and the panel beside them."""
    messages, more = page_before(row, None, public=False)
    return {
        "row": staff_row(row),
        "seen": seen_of(viewer, [row]).get(str(row.id)),
        "messages": messages,
        "more": more,
        "history": [staff_row(other) for other in history(viewer, row)],
        **contact_panel(row),
    }


@require_GET
@for_staff
def ticket_messages(request: HttpRequest, viewer: Staff, ticket: UUID) -> HttpResponse:
    row = fetch_ticket_for(viewer, ticket)
    messages, more = page_before(row, read_before(request), public=False)
    return reply({"messages": messages, "more": more})


@require_POST
@for_staff
def ticket_assign(request: HttpRequest, viewer: Staff, ticket: UUID) -> HttpResponse:
    data = read_object(request)
    agent_id = optional_int(data, "agent")
    row = assign(viewer, ticket, agent_id=agent_id, over_capacity=data.get("over_capacity") is True)
    route_waiting()
    return reply({"row": staff_row(row)})


@require_POST
@for_staff
def ticket_transfer(request: HttpRequest, viewer: Staff, ticket: UUID) -> HttpResponse:
    data = read_object(request)
    team_id = optional_int(data, "team")
    if team_id is None:
        raise Invalid(field="team")
    row = transfer(viewer, ticket, team_id=team_id, note=str(data.get("note") or ""))
    route_ticket(row.id)
    route_waiting()
    return reply({"row": staff_row(row)})


@require_POST
@for_staff
def ticket_solve(request: HttpRequest, viewer: Staff, ticket: UUID) -> HttpResponse:
    row = solve(viewer, ticket)
    route_waiting()
    return reply({"row": staff_row(row)})


@require_POST
@for_staff
def ticket_reopen(request: HttpRequest, viewer: Staff, ticket: UUID) -> HttpResponse:
    row = reopen(viewer, ticket)
    route_waiting()
    return reply({"row": staff_row(row)})


def read_before(request: HttpRequest) -> int | None:
    """The `before` of a page of messages. Raises Invalid."""
    text = request.GET.get("before")
    if text is None:
        return None
    if not text.isdecimal():
        raise Invalid(field="before")
    return int(text)


def optional_int(data: dict[str, Any], name: str) -> int | None:
    value = data.get(name)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise Invalid(field=name)
    return value
