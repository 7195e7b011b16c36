"""What a visitor is asked, in his language."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from helpdesk.accounts.viewer import Visitor
from helpdesk.core import clock
from surveys.models import Invitation, Survey

OPEN_FOR = timedelta(days=7)
Body = dict[str, Any]


def invitations_of(visitor: Visitor) -> QuerySet[Invitation]:
    """Those of the tickets that are his: a verified one's are his contact's."""
    found = Invitation.objects.filter(ticket__inbox_id=visitor.inbox_id)
    if visitor.verified:
        return found.filter(ticket__contact_id=visitor.contact_id)
    return found.filter(identity_id=visitor.identity_id)


def open_invitations_for(visitor: Visitor) -> list[Body]:
    """His unanswered invitations in this inbox, the newest first, each with its ticket."""
    invitations = (
        invitations_of(visitor)
        .select_related("survey", "ticket")
        .filter(
            ticket__status="solved",
            answered_at=None,
            offered_at__gt=clock.now() - OPEN_FOR,
        )
        .order_by("-offered_at")[:5]
    )
    return [
        survey_body(one, language_of(one, visitor.language)) | {"ticket": one.ticket.public_id}
        for one in invitations
    ]


def language_of(invitation: Invitation, otherwise: str = "en") -> str:
    return invitation.ticket.language or otherwise or "en"


def survey_body(invitation: Invitation, language: str) -> Body:
    """The invitation as the widget shows it."""
    with translation.override(language):
        return {
            "id": invitation.public_id,
            "question": question_of(invitation.survey, language),
            "choices": [
                {"value": value, "label": label} for value, label in enumerate(_choices(), start=1)
            ],
            "comment_label": _("Anything to add?"),
        }


def question_of(survey: Survey, language: str) -> str:
    return str(survey.questions.get(language) or _("How did we do?"))


def _choices() -> list[str]:
    return [_("Very poor"), _("Poor"), _("Okay"), _("Good"), _("Great")]
