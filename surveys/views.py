"""The widget's way to answer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chat.views.widget import for_visitor
from helpdesk.accounts.viewer import Visitor
from helpdesk.core.errors import Invalid
from helpdesk.core.jsonio import read_object, reply
from surveys import actions
from surveys.queries import language_of


@require_POST
@for_visitor
def answer(request: HttpRequest, viewer: Visitor, invitation: UUID) -> HttpResponse:
    data = read_object(request)
    score, comment = data.get("score"), data.get("comment", "")
    if not isinstance(score, int) or not isinstance(comment, str):
        raise Invalid
    answered = actions.answer(viewer, invitation, score=score, comment=comment)
    with translation.override(language_of(answered, viewer.language)):
        return reply({"thanks": _("Thank you. Your feedback goes straight to the team.")})
