"""Wishes to be called: what may be chosen, and what was."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from helpdesk.core import clock
from helpdesk.core.calendar import Hours
from helpdesk.core.clock import wire
from tickets.domain.callbacks import Day, by_day, daytime_in, slots
from tickets.models import Callback, Inbox
from tickets.queries.rows import TicketRow

SHOWN = 5


def calling_hours(inbox: Inbox) -> Hours:
    """The opening hours; without a calendar the daytime where the installation stands."""
    return inbox.hours if inbox.calendar_id else daytime_in(ZoneInfo(settings.TIME_ZONE))


def days_offered(inbox: Inbox, zone: ZoneInfo) -> list[Day]:
    """The next seven days, none where the company does not call back."""
    if not inbox.chat.absence.callback:
        return []
    return by_day(slots(calling_hours(inbox), clock.now()), zone)


def is_offered(inbox: Inbox, starts_at: datetime, ends_at: datetime) -> bool:
    return (starts_at, ends_at) in slots(calling_hours(inbox), clock.now())


def callbacks_of(row: TicketRow) -> list[dict[str, Any]]:
    """A ticket's wishes, the newest first."""
    found = Callback.objects.filter(ticket_id=row.number).order_by("-pk")[:SHOWN]
    return [callback_body(callback) for callback in found]


def callback_body(callback: Callback) -> dict[str, Any]:
    """As agents see it, and as the event of the ticket says it."""
    return {
        "id": callback.pk,
        "state": callback.state,
        "phone": callback.phone,
        "starts_at": wire(callback.starts_at),
        "ends_at": wire(callback.ends_at),
        "time_zone": callback.time_zone,
    }
