"""Facts about a ticket, and how far each agent has read it."""

from typing import ClassVar

from django.db import models

from helpdesk.core import clock


class TicketEvent(models.Model):
    """One thing that happened: the audit trail, and the facts reports are computed from."""

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="events")
    name = models.CharField(max_length=24)
    actor_kind = models.CharField(max_length=8)
    actor = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["ticket", "created_at"], name="event_of_ticket"),
            models.Index(fields=["name", "created_at"], name="event_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.name}"


class TicketSeen(models.Model):
    """How far one agent has read one ticket; unread is `ticket.inbound_count - inbound_count`."""

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="seen")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    seq = models.PositiveIntegerField()
    inbound_count = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "ticket"], name="seen_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.ticket_id} to {self.seq}"
