"""What is sent after a visitor: replies that he has not seen, and copies that he asks for."""

from typing import ClassVar

from django.db import models

from chat.models.attempt import Attempt
from helpdesk.core import clock

DUE = models.Q(retry_at__isnull=False)


class UnreadNotice(Attempt):
    """Up to which message of a ticket unread replies were mailed, so that none is mailed twice.

    While it is due it stands for the mail with the replies after `since` up to `seq`.
    """

    ticket = models.OneToOneField(
        "tickets.Ticket", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    since = models.PositiveIntegerField(default=0)
    seq = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index("retry_at", name="notice_due", condition=DUE)]

    def __str__(self) -> str:
        return f"{self.ticket_id} to {self.seq}"


class Transcript(Attempt):
    """A copy of a conversation for an address that the visitor named; forgotten after two days."""

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="+")
    identity = models.ForeignKey("tickets.Identity", on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    language = models.CharField(max_length=8)
    time_zone = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [models.Index("retry_at", name="transcript_due", condition=DUE)]

    def __str__(self) -> str:
        return f"{self.ticket_id}"
