"""What a visitor leaves his address for."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from pydantic import BaseModel, Field

from chat.actions.transcripts import ask_for_transcript
from chat.actions.visitors import leave_email
from chat.views.limits import limit_address
from chat.views.widget import for_visitor
from helpdesk.accounts.viewer import Visitor
from helpdesk.core.jsonio import read_model, reply

# Behind one address may stand an office; a machine that mails strangers is one too.
TRANSCRIPTS_AN_HOUR = 60


class Address(BaseModel):
    email: str = Field(max_length=254)


class Copy(Address):
    zone: str = Field(default="", max_length=64)


@require_POST
@for_visitor
def transcript(request: HttpRequest, viewer: Visitor, ticket: UUID) -> HttpResponse:
    wanted = read_model(request, Copy)
    limit_address(request, "transcripts", an_hour=TRANSCRIPTS_AN_HOUR)
    ask_for_transcript(viewer, ticket, wanted.email, wanted.zone)
    return reply({})


@require_POST
@for_visitor
def contact(request: HttpRequest, viewer: Visitor) -> HttpResponse:
    return reply({"email": leave_email(viewer, read_model(request, Address).email)})
