"""What a visitor who waits may ask and do."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from chat.actions.leave import leave_message
from chat.queries.availability import queue_of
from chat.views.widget import for_visitor
from helpdesk.accounts.viewer import Visitor
from helpdesk.core.errors import Invalid
from helpdesk.core.jsonio import read_object, reply
from tickets.queries import fetch_ticket_for
from tickets.queries.bodies import public_row


@require_GET
@for_visitor
def queue(request: HttpRequest, viewer: Visitor, ticket: UUID) -> HttpResponse:
    """His place as it is now; null when he waits no more."""
    return reply({"queue": queue_of(fetch_ticket_for(viewer, ticket))})


@require_POST
@for_visitor
def to_message(request: HttpRequest, viewer: Visitor, ticket: UUID) -> HttpResponse:
    email = read_object(request).get("email") or ""
    if not isinstance(email, str):
        raise Invalid(field="email")
    return reply({"row": public_row(leave_message(viewer, ticket, email))})
