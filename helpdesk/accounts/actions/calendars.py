"""Opening hours: written whole, and never taken from under somebody who uses them."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from pydantic import ValidationError

from helpdesk.accounts.domain.hours import CalendarRules
from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.models import Calendar
from helpdesk.accounts.viewer import Staff
from helpdesk.core.errors import Invalid
from helpdesk.core.text import clean, one_line

NAME_LIMIT = 80


def save_calendar(viewer: Staff, calendar: Calendar, name: str, rules: dict[str, Any]) -> Calendar:
    """A new calendar or a changed one; `rules` are those of `CalendarRules`: time_zone, weekly,
    exceptions.

    Raises NotAllowed, Invalid: `field` is where it stands, such as `weekly.0` or
    `exceptions.2.date`, and the message says what is wrong there.
    """
    viewer.must(Permission.MANAGE)
    checked = read_rules(rules)
    calendar.name = one_line(clean(name), NAME_LIMIT)
    if not calendar.name:
        raise Invalid(_("Give the calendar a name."), field="name")
    for key, value in checked.model_dump(mode="json").items():
        setattr(calendar, key, value)
    try:
        with transaction.atomic():
            calendar.save()
    except IntegrityError as error:
        raise Invalid(_("Another calendar has this name."), field="name") from error
    return calendar


def delete_calendar(viewer: Staff, calendar: Calendar) -> None:
    """Raises NotAllowed, Invalid (somebody's opening hours hang on it)."""
    viewer.must(Permission.MANAGE)
    try:
        calendar.delete()
    except ProtectedError as error:
        names = ", ".join(sorted(str(user) for user in error.protected_objects)[:5])
        message = _("This calendar is still used: %(names)s.") % {"names": names}
        raise Invalid(message) from error


def read_rules(rules: dict[str, Any]) -> CalendarRules:
    """Raises Invalid for the first thing that is wrong, with its place."""
    try:
        return CalendarRules.model_validate(rules)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"] if step != "[key]")
        raise Invalid(_what_is_wrong(place, str(first["msg"])), field=place) from error


def _what_is_wrong(place: str, message: str) -> str:
    """In words for the manager who typed it."""
    for mark, words in (
        ("overlap", _("Two intervals of a day overlap.")),
        ("not an interval", _("An interval must not end when it begins.")),
        ("not a time of day", _("Write times like 09:00; 24:00 is the end of the day.")),
        ("no such time zone", _("There is no time zone of this name.")),
        ("two exceptions", _("This day has two exceptions. Leave one.")),
    ):
        if mark in message:
            return words
    return _("These opening hours are not right: %(place)s.") % {"place": place}
