"""A customer asks to be called (R5)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk.core import clock


class CallbackState(models.TextChoices):
    REQUESTED = "requested", _("Requested")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


class Callback(models.Model):
    """The hour he wants, as moments; `time_zone` is his, to show it as he chose it."""

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="callbacks")
    phone = models.CharField(max_length=20)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=CallbackState, default=CallbackState.REQUESTED)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["starts_at"],
                name="callback_due",
                condition=models.Q(state="requested"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phone} at {self.starts_at}"
