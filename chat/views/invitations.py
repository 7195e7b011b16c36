"""What a shop's page tells of an invitation: that it was shown, taken up or put away."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from chat.actions.invitations import Told, count_told
from chat.queries.widget import fetch_inbox
from chat.views.limits import limit_address
from helpdesk.core.jsonio import read_model
from helpdesk.realtime.frames import Invited

# A family behind one address: each of them is told of at most twice a visit.
TOLD_AN_HOUR = 240


class Happened(Invited):
    what: Told


@csrf_exempt
@require_POST
def happened(request: HttpRequest, inbox: UUID) -> HttpResponse:
    """For `navigator.sendBeacon`: JSON as plain text, and nobody reads the answer. It asks for no
    token and looks at no cookie, since it says nothing of anybody."""
    limit_address(request, "invitations", an_hour=TOLD_AN_HOUR)
    told = read_model(request, Happened)
    count_told(fetch_inbox(inbox), told, told.what)
    return HttpResponse(status=204)
