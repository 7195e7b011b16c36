"""When people answer: one set of hours for the widget, deadlines, routing and reports."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk.accounts.domain.hours import CalendarRules
from helpdesk.core import clock
from helpdesk.core.calendar import Hours


class Calendar(models.Model):
    """`weekly` maps a weekday ("0" is Monday) to intervals [["09:00", "18:00"], …], in the
    calendar's time zone; one that ends before it begins runs into the next day, and "24:00" is
    the day's end. `exceptions` are [{"date": "2026-12-25", "name": "…", "intervals": []}, …]."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Istanbul")
    weekly = models.JSONField(default=dict)
    exceptions = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name

    @property
    def hours(self) -> Hours:
        return CalendarRules(
            time_zone=self.time_zone, weekly=self.weekly, exceptions=self.exceptions
        ).hours()
