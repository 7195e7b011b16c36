"""The console's shell, and what is live about it."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from chat.actions.availability import change_availability
from chat.queries.console import boot
from chat.queries.presence import last_page, viewers_of
from helpdesk.accounts.actions import set_preferences
from helpdesk.accounts.models import User
from helpdesk.accounts.viewer import Staff
from helpdesk.core.errors import Invalid
from helpdesk.core.jsonio import read_object, reply
from helpdesk.realtime import presence
from helpdesk.realtime.position import current_at
from tickets.queries import fetch_ticket_for
from tickets.queries.rows import TicketRow
from tickets.views.console import for_staff, ticket_body


@ensure_csrf_cookie
@login_required
def shell(request: HttpRequest) -> HttpResponse:
    config = {"me_id": request.user.pk, "file_limit_mb": settings.ENV.attachment_limit_mb}
    return render(request, "chat/console.html", {"config": config})


@require_GET
@for_staff
def console_boot(request: HttpRequest, viewer: Staff) -> HttpResponse:
    return reply({"at": current_at(), **boot(viewer)})


@require_GET
@for_staff
def thread(request: HttpRequest, viewer: Staff, ticket: UUID) -> HttpResponse:
    """A ticket with what only the live side knows: the visitor's page now, and who looks."""
    at = current_at()
    row = fetch_ticket_for(viewer, ticket)
    body = ticket_body(viewer, row)
    body |= {
        "at": at,
        "visit": _visit(row, body["visit"]),
        "here": presence.is_visitor_here(str(row.identity)),
        "viewers": viewers_of(ticket),
    }
    return reply(body)


def _visit(row: TicketRow, begun: dict[str, str] | None) -> dict[str, str] | None:
    """The page he is on; the address he began from, if the inbox keeps it, is the beginning's."""
    page = last_page(row.identity)
    if page is None or begun is None or "ip" not in begun:
        return page or begun
    return page | {"ip": begun["ip"]}


@require_POST
@for_staff
def me(request: HttpRequest, viewer: Staff) -> HttpResponse:
    data = read_object(request)
    known = {"availability", "language", "theme"}
    if not data or not set(data) <= known or not all(isinstance(v, str) for v in data.values()):
        raise Invalid
    if "availability" in data:
        change_availability(viewer, data["availability"])
    set_preferences(viewer.user_id, language=data.get("language"), theme=data.get("theme"))
    user = User.objects.get(pk=viewer.user_id)
    body = {name: getattr(user, name) for name in sorted(known)}
    return reply({"me": {"id": user.pk, "name": user.name, **body}})
