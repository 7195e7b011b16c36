"""What was sent after a visitor who had gone."""

from django.db import models


class UnreadNotice(models.Model):
    """Up to which message of a ticket unread replies were mailed, so that none is mailed twice."""

    ticket = models.OneToOneField(
        "tickets.Ticket", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    seq = models.PositiveIntegerField()
    mailed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.ticket_id} to {self.seq}"
