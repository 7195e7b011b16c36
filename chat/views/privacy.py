"""A visitor's rights: a copy of what we keep of him, and to be forgotten."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from chat.actions.erase import ask_for_erasure
from chat.queries.export import export_for
from chat.views.limits import limit_visitor
from chat.views.widget import for_visitor
from helpdesk.accounts.viewer import Visitor
from helpdesk.core.clock import wire
from helpdesk.core.jsonio import reply

EXPORTS_A_MINUTE = 3


@require_GET
@for_visitor
def export(request: HttpRequest, viewer: Visitor) -> HttpResponse:
    limit_visitor(viewer, "export", a_minute=EXPORTS_A_MINUTE)
    response = reply(export_for(viewer))
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@require_POST
@for_visitor
def erasure(request: HttpRequest, viewer: Visitor) -> HttpResponse:
    """Asked twice is asked once."""
    return reply({"asked_at": wire(ask_for_erasure(viewer).created_at)})
