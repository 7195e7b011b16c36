"""What agents do with a customer's wish to be called."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from helpdesk.accounts.viewer import Staff
from helpdesk.core.jsonio import reply
from tickets.actions.callbacks import finish_callback
from tickets.models import CallbackState
from tickets.queries.bodies import staff_row
from tickets.views.console import for_staff


@require_POST
@for_staff
def done(request: HttpRequest, viewer: Staff, ticket: UUID, callback: int) -> HttpResponse:
    return _finish(viewer, ticket, callback, CallbackState.DONE)


@require_POST
@for_staff
def cancel(request: HttpRequest, viewer: Staff, ticket: UUID, callback: int) -> HttpResponse:
    return _finish(viewer, ticket, callback, CallbackState.CANCELLED)


def _finish(viewer: Staff, ticket: UUID, callback: int, state: str) -> HttpResponse:
    return reply({"row": staff_row(finish_callback(viewer, ticket, callback, state))})
