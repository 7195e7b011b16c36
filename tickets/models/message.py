"""What was said on a ticket, by whom, through which inbox."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk.core import clock


class MessageKind(models.TextChoices):
    REPLY = "reply", _("Reply")
    NOTE = "note", _("Note")
    EVENT = "event", _("Event")


class AuthorKind(models.TextChoices):
    CONTACT = "contact", _("Contact")
    AGENT = "agent", _("Agent")
    BOT = "bot", _("Bot")
    SYSTEM = "system", _("System")


class Message(models.Model):
    """A row never changes its ticket or `seq`; `prev` is the seq of the public message before it.

    `author_id` is a user's key for agents, a contact's for contacts, 0 otherwise.
    Rows are written by `tickets.actions.record` alone.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    ticket = models.ForeignKey(
        "tickets.Ticket", on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    inbox = models.ForeignKey(
        "tickets.Inbox", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seq = models.PositiveIntegerField()
    prev = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=MessageKind)
    is_public = models.BooleanField()
    author_kind = models.CharField(max_length=8, choices=AuthorKind)
    author_id = models.BigIntegerField(default=0)
    author_name = models.CharField(max_length=120, blank=True)
    ref = models.UUIDField(null=True)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    event = models.CharField(max_length=16, blank=True)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ticket", "seq"], name="message_seq_unique"),
            models.UniqueConstraint(
                fields=["ticket", "author_kind", "author_id", "ref"],
                condition=models.Q(ref__isnull=False),
                name="message_ref_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id}/{self.seq}"
