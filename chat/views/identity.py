"""Who the visitor is: what his shop signs, what its page says, and that he has left."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from chat.actions import identify as actions
from chat.actions.attributes import keep_attributes
from chat.queries.visitors import Claim, fetch_visitor, fetch_visitors
from chat.queries.widget import fetch_inbox, visitor_body
from chat.views.limits import limit_address, limit_visitor
from chat.views.widget import bearer, for_visitor
from helpdesk.accounts.viewer import Visitor
from helpdesk.core.jsonio import read_object, reply

# A shop's whole office may sit behind one address, and each page it opens asks once.
IDENTIFIED_AN_HOUR = 600
ATTRIBUTES_A_MINUTE = 20


@csrf_exempt
@require_POST
def identify(request: HttpRequest, inbox: UUID) -> HttpResponse:
    """With or without a visitor's token; one that is no longer good is as none."""
    found = fetch_inbox(inbox)
    limit_address(request, "identify", an_hour=IDENTIFIED_AN_HOUR)
    assertion = read_object(request).get("jwt")
    (came_as,) = fetch_visitors([Claim(bearer(request), str(inbox))])
    done = actions.identify(found, assertion if isinstance(assertion, str) else "", came_as)
    who = visitor_body(done.identity.public_id, done.identity.contact, verified=True)
    response = reply({"token": done.token, "visitor": who})
    response.headers["Cache-Control"] = "no-store"
    return response


@csrf_exempt
@require_POST
def logout(request: HttpRequest, inbox: UUID) -> HttpResponse:
    viewer, token_id = fetch_visitor(bearer(request), str(inbox))
    actions.sign_out(viewer, token_id)
    return reply({})


@require_POST
@for_visitor
def attributes(request: HttpRequest, viewer: Visitor) -> HttpResponse:
    limit_visitor(viewer, "attributes", a_minute=ATTRIBUTES_A_MINUTE)
    keep_attributes(viewer, read_object(request).get("attributes"))
    return reply({})
