"""The widget's way to answer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from chat.queries.visitors import fetch_visitor
from helpdesk.core.errors import Invalid
from helpdesk.core.jsonio import read_object, reply
from surveys import actions
from surveys.queries import language_of

BEARER = "Bearer "


# The token in the header is what a forged form cannot send.
@csrf_exempt
@require_POST
def answer(request: HttpRequest, inbox: UUID, invitation: UUID) -> HttpResponse:
    header = request.headers.get("Authorization", "")
    viewer, _key = fetch_visitor(header.removeprefix(BEARER), str(inbox))
    data = read_object(request)
    score, comment = data.get("score"), data.get("comment", "")
    if not isinstance(score, int) or not isinstance(comment, str):
        raise Invalid
    answered = actions.answer(viewer, invitation, score=score, comment=comment)
    with translation.override(language_of(answered, viewer.language)):
        return reply({"thanks": _("Thank you. Your feedback goes straight to the team.")})
