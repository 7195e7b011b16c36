"""What a transaction wants said after its commit; a row goes when it has been said."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from helpdesk.core import clock


class LiveOutbox(models.Model):
    """Packed live-log entries of one transaction (see `helpdesk.realtime.entry`)."""

    body = models.BinaryField()
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"live outbox {self.pk}"


class EventOutbox(models.Model):
    """One domain event for one after-commit receiver; (event_id, receiver) is its key."""

    event_id = models.UUIDField(default=uuid4)
    event = models.CharField(max_length=60)
    payload = models.JSONField()
    receiver = models.CharField(max_length=120)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=clock.now)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event_id", "receiver"], name="event_delivered_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], name="event_due")]

    def __str__(self) -> str:
        return f"{self.event} for {self.receiver}"
