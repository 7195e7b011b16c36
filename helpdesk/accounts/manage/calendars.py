from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk.accounts.actions import delete_calendar, save_calendar
from helpdesk.accounts.domain.holidays import holidays_of, lacks_bayrams
from helpdesk.accounts.domain.typed_hours import (
    read_intervals,
    read_special_days,
    write_intervals,
    write_special_days,
)
from helpdesk.accounts.models import Calendar
from helpdesk.accounts.viewer import current_staff
from helpdesk.core import clock
from helpdesk.core.errors import DomainError, NotFound
from helpdesk.core.manage.views import ConfirmPage, FormPage, ListPage

COMMON = ["Europe/Istanbul", "Europe/Warsaw", "Europe/London", "Europe/Berlin", "UTC"]
REGIONS = {"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
DAYS = [f"day_{number}" for number in range(7)]
COUNTRIES = {"tr": gettext_lazy("Türkiye"), "pl": gettext_lazy("Poland")}
WEEK = {f"day_{number}": "09:00–18:00" for number in range(5)}


def zones() -> list[tuple[str, Any]]:
    """What most people here need first, then all by region."""
    often = dict.fromkeys([settings.TIME_ZONE, *COMMON])
    return [(_("Often used"), [(zone, zone) for zone in often]), *_regions()]


@lru_cache(maxsize=1)
def _regions() -> list[tuple[str, list[tuple[str, str]]]]:
    named = sorted(zone for zone in available_timezones() if zone.partition("/")[0] in REGIONS)
    regions = groupby(named, key=lambda zone: zone.partition("/")[0])
    return [(region, [(zone, _shown(zone)) for zone in group]) for region, group in regions]


def _shown(zone: str) -> str:
    return zone.partition("/")[2].replace("_", " ").replace("/", ", ")


class CalendarForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        help_text=gettext_lazy("Seen by managers, such as “Office” or “Night shift”."),
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        choices=zones,
        initial=settings.TIME_ZONE,
        help_text=gettext_lazy("Where your people are. Visitors read hours in their own."),
    )
    exceptions = forms.CharField(
        label=gettext_lazy("Days that are not like the others"),
        required=False,
        max_length=40_000,
        widget=forms.Textarea(
            attrs={"rows": 8, "placeholder": "2026-12-24 Christmas Eve 09:00–13:00"}
        ),
        help_text=gettext_lazy("One a line: date, name, hours. Without hours it is closed."),
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for number, name in enumerate(DAYS):
            self.fields[name] = forms.CharField(
                label=WEEKDAYS[number], required=False, max_length=200
            )
        self.fields["day_0"].help_text = gettext_lazy(
            "Like 09:00–12:30, 13:30–18:00, or 22:00–06:00 into the next day. Empty: closed."
        )
        self.order_fields(["name", "time_zone", *DAYS, "exceptions"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in DAYS:
            if name in cleaned:
                cleaned[name] = self._read(name, cleaned[name], read_intervals)
        if "exceptions" in cleaned:
            cleaned["exceptions"] = self._read(
                "exceptions", cleaned["exceptions"], read_special_days
            )
        return cleaned

    def _read(self, name: str, text: str, read: Any) -> Any:
        try:
            return read(text)
        except ValueError as error:
            self.add_error(
                name, ValidationError(_("We cannot read this: %(text)s") % {"text": error})
            )
            return None

    @property
    def days(self) -> list[forms.BoundField]:
        return [self[name] for name in DAYS]


def fetch_calendar(pk: int) -> Calendar:
    calendar = Calendar.objects.filter(pk=pk).first()
    if calendar is None:
        raise NotFound
    return calendar


def state_of(calendar: Calendar, at: datetime) -> dict[str, Any]:
    """Whether it is open at a moment, and in words until or from when, by its own clock."""
    hours = calendar.hours
    if hours.is_open(at):
        _opens, closes = next(hours.intervals(at, at + timedelta(days=8)))
        if closes >= at + timedelta(days=8):
            return {"is_open": True, "words": _("Open now, and always")}
        return {
            "is_open": True,
            "words": _("Open now, until %(time)s") % {"time": _at(closes, calendar)},
        }
    opens = hours.next_opening(at)
    if opens is None:
        return {"is_open": False, "words": _("Closed, and does not open within 60 days")}
    return {
        "is_open": False,
        "words": _("Closed now, opens: %(time)s") % {"time": _at(opens, calendar)},
    }


def _at(moment: datetime, calendar: Calendar) -> str:
    local = timezone.localtime(moment, calendar.hours.zone)
    return date_format(local, "l j E, H:i")


class CalendarList(ListPage):
    slug, title, template = "calendars", gettext_lazy("Opening hours"), "manage/calendars.html"

    def context(self) -> dict[str, Any]:
        now = clock.now()
        rows = [
            {"calendar": calendar, "state": state_of(calendar, now)}
            for calendar in Calendar.objects.order_by("name")
        ]
        return {"rows": rows}


class CalendarPage(FormPage):
    slug, title, template = "calendars", gettext_lazy("New opening hours"), "manage/calendar.html"
    form_class = CalendarForm

    def fetch(self, pk: int) -> Calendar:
        return fetch_calendar(pk)

    def build_form(self, target: Calendar | None, data: Any = None) -> BaseForm:
        initial = self.initial(target) if target is not None else WEEK
        return self.form_class(data, initial=initial)

    def initial(self, target: Calendar) -> dict[str, Any]:
        week = {f"day_{day}": write_intervals(spans) for day, spans in target.weekly.items()}
        return week | {
            "name": target.name,
            "time_zone": target.time_zone,
            "exceptions": write_special_days(target.exceptions),
        }

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """A button that adds holidays saves nothing: they are looked over first."""
        country = request.POST.get("holidays", "")
        if country not in COUNTRIES:
            return super().post(request, pk)
        target = self.fetch(pk) if pk is not None else None
        typed = request.POST.dict()
        today = timezone.localdate(clock.now())
        typed["exceptions"] = with_holidays(typed.get("exceptions", ""), country, today)
        said = [_("Added below, and not saved yet. Strike out the days on which you do work.")]
        missing = [str(year) for year in years_of(today) if lacks_bayrams(year)]
        if country == "tr" and missing:
            said.append(
                _(
                    "Ramazan Bayramı and Kurban Bayramı are missing for %(years)s: add them from"
                    " the calendar of Diyanet."
                )
                % {"years": ", ".join(missing)}
            )
        form = self.form_class(initial=typed)
        return self.show(form=form, target=target, said=said, **self.beside(target))

    def perform(self, form: BaseForm, target: Calendar | None) -> Calendar:
        typed = form.cleaned_data
        rules = {
            "time_zone": typed["time_zone"],
            "weekly": {str(number): typed[name] for number, name in enumerate(DAYS)},
            "exceptions": typed["exceptions"],
        }
        calendar = target or Calendar()
        return save_calendar(current_staff(self.request), calendar, typed["name"], rules)

    def field_of(self, error: DomainError) -> str | None:
        """For a place in the rules, such as `weekly.0`."""
        first, *more = str(error.details.get("field", "")).split(".")
        if first == "weekly" and more:
            return f"day_{more[0]}"
        return first if first in self.form_class.base_fields else None

    def beside(self, target: Calendar | None) -> dict[str, Any]:
        countries = [{"code": code, "name": name} for code, name in COUNTRIES.items()]
        state = state_of(target, clock.now()) if target is not None else None
        return {"countries": countries, "state": state}


def years_of(today: date) -> tuple[int, int]:
    return today.year, today.year + 1


def with_holidays(text: str, country: str, today: date) -> str:
    """What was typed, and below it the holidays to come, this year and the next, on days that it
    does not name."""
    days = [day for year in years_of(today) for day in holidays_of(country, year)]
    try:
        named = {day["date"] for day in read_special_days(text)}
    except ValueError:
        named = set()
    new = [day for day in days if day["date"] >= today.isoformat() and day["date"] not in named]
    return "\n".join([*text.splitlines(), *(write_special_days([day]) for day in new)])


class DeleteCalendar(ConfirmPage):
    slug, done = "calendars", gettext_lazy("Opening hours deleted.")

    def fetch(self, pk: int) -> Calendar:
        return fetch_calendar(pk)

    def question(self, target: Calendar) -> dict[str, Any]:
        return {
            "heading": _("Delete the opening hours %(name)s?") % {"name": target.name},
            "explanation": _("Only what no inbox uses can be deleted."),
            "verb": _("Delete opening hours"),
        }

    def perform(self, target: Calendar) -> None:
        delete_calendar(current_staff(self.request), target)


urls = [
    path("", CalendarList.as_view(), name="calendars"),
    path("new/", CalendarPage.as_view(), name="calendar-new"),
    path("<int:pk>/", CalendarPage.as_view(), name="calendar"),
    path("<int:pk>/delete/", DeleteCalendar.as_view(), name="calendar-delete"),
]
