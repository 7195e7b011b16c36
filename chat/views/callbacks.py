"""A visitor chooses when to be called."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from chat.actions.callbacks import ask_for_call
from chat.views.widget import for_visitor
from helpdesk.accounts.domain.hours import zone_named
from helpdesk.accounts.viewer import Visitor
from helpdesk.core.clock import wire
from helpdesk.core.errors import Invalid
from helpdesk.core.jsonio import read_model, reply
from helpdesk.core.text import clean
from tickets.actions.callbacks import Wish
from tickets.actions.phone import clean_phone
from tickets.models import Inbox
from tickets.queries.bodies import public_row
from tickets.queries.callbacks import days_offered


class WishBody(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    ref: UUID
    phone: str = Field(max_length=32)
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    zone: str = Field(max_length=64)
    name: str = Field(default="", max_length=120)
    note: str = Field(default="", max_length=2000)
    ticket: UUID | None = None
    language: str = Field(default="", max_length=8, pattern=r"^[A-Za-z-]*$")


@require_http_methods(["GET", "POST"])
@for_visitor
def callbacks(request: HttpRequest, viewer: Visitor) -> HttpResponse:
    inbox = Inbox.objects.select_related("calendar").get(pk=viewer.inbox_id)
    if request.method == "GET":
        return _days(inbox, _zone(request.GET.get("zone", "")))
    return _request(viewer, inbox, read_model(request, WishBody))


def _days(inbox: Inbox, zone: ZoneInfo) -> HttpResponse:
    """Half hours by the days of his own time zone."""
    days = [
        {
            "date": day.date,
            "slots": [{"starts_at": wire(start), "ends_at": wire(end)} for start, end in day.slots],
        }
        for day in days_offered(inbox, zone)
    ]
    return reply({"days": days})


def _request(viewer: Visitor, inbox: Inbox, body: WishBody) -> HttpResponse:
    language = body.language or viewer.language
    wish = Wish(
        viewer, body.ref, clean_phone(body.phone, inbox, language), body.starts_at, body.ends_at,
        _zone(body.zone).key, clean(body.note), body.ticket, language,
    )  # fmt: skip
    row, callback = ask_for_call(wish, body.name)
    told = {
        "phone": callback.phone,
        "starts_at": wire(callback.starts_at),
        "ends_at": wire(callback.ends_at),
    }
    return reply({"row": public_row(row), "callback": told})


def _zone(name: str) -> ZoneInfo:
    try:
        return zone_named(name)
    except ValueError as error:
        raise Invalid(field="zone") from error
