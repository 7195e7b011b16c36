"""A visitor's files: uploaded before the message that carries them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from chat.views.widget import for_visitor
from helpdesk.accounts.viewer import Visitor
from helpdesk.core.jsonio import reply
from tickets.actions.files import discard_file
from tickets.views.files import answer_upload


@require_POST
@for_visitor
def upload(request: HttpRequest, viewer: Visitor) -> HttpResponse:
    return answer_upload(request, viewer)


@require_http_methods(["DELETE"])
@for_visitor
def discard(request: HttpRequest, viewer: Visitor, file: UUID) -> HttpResponse:
    discard_file(viewer, file)
    return reply({})
