"""What a visitor who waits may ask and do."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from chat.queries.availability import queue_of
from chat.views.widget import for_visitor
from helpdesk.accounts.viewer import Visitor
from helpdesk.core.jsonio import reply
from tickets.queries import fetch_ticket_for


@require_GET
@for_visitor
def queue(request: HttpRequest, viewer: Visitor, ticket: UUID) -> HttpResponse:
    """His place as it is now; null when he waits no more."""
    return reply({"queue": queue_of(fetch_ticket_for(viewer, ticket))})
