"""One ticket model for everything: a live chat, an e-mail thread, a call, a form."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from helpdesk.core import clock


class Status(models.TextChoices):
    OPEN = "open", _("Open")
    PENDING = "pending", _("Waiting for the customer")
    ON_HOLD = "on_hold", _("On hold")
    SOLVED = "solved", _("Solved")
    CLOSED = "closed", _("Closed")


LIVE_STATUSES = (Status.OPEN, Status.PENDING, Status.ON_HOLD)
DONE_STATUSES = (Status.SOLVED, Status.CLOSED)


class Priority(models.TextChoices):
    LOW = "low", _("Low")
    NORMAL = "normal", _("Normal")
    HIGH = "high", _("High")
    URGENT = "urgent", _("Urgent")


class Stage(models.TextChoices):
    """Where in the purchase the customer is (R9)."""

    BEFORE = "before", _("Before the purchase")
    DURING = "during", _("During the purchase")
    AFTER = "after", _("After the purchase")


class Via(models.TextChoices):
    """How the customer came: does he wait in the chat, or for our mail, or for our call?"""

    CHAT = "chat", _("Chat")
    MESSAGE = "message", _("Message")
    CALLBACK = "callback", _("Callback")


class Label(models.Model):
    name = models.CharField(_("name"), max_length=40, unique=True)
    color = models.CharField(_("colour"), max_length=16, default="neutral")

    def __str__(self) -> str:
        return self.name


class Ticket(models.Model):
    """Columns from `version` on are kept by the write path alone, so that lists join nothing big.

    `waiting_since` is set while the customer waits for us; `inbound_count` and `outbound_count`
    count public replies of the contact and of us, and unread is a difference of two such counts.
    `answers` are those of the form before the chat, [{"key", "label", "value", "text"}, …]: the
    label that was seen, and `text` for what a person reads of the value.
    """

    number = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    contact = models.ForeignKey("tickets.Contact", on_delete=models.PROTECT, related_name="tickets")
    identity = models.ForeignKey(
        "tickets.Identity", on_delete=models.PROTECT, related_name="tickets"
    )
    inbox = models.ForeignKey(
        "tickets.Inbox", on_delete=models.PROTECT, related_name="tickets", db_index=False
    )
    start_ref = models.UUIDField(null=True, editable=False)
    subject = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    priority = models.CharField(max_length=8, choices=Priority, default=Priority.NORMAL)
    stage = models.CharField(max_length=8, choices=Stage, blank=True)
    language = models.CharField(max_length=8, blank=True)
    via = models.CharField(max_length=8, choices=Via, default=Via.CHAT, db_default=Via.CHAT)
    team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.SET_NULL, db_index=False
    )
    assignee = models.ForeignKey(
        "accounts.User",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assigned_tickets",
        db_index=False,
    )
    labels = models.ManyToManyField(Label, blank=True, related_name="tickets")
    visit = models.JSONField(default=dict, blank=True)
    answers = models.JSONField(default=list, db_default=Value([], models.JSONField()), blank=True)
    created_at = models.DateTimeField(default=clock.now)
    solved_at = models.DateTimeField(null=True)
    queued_at = models.DateTimeField(null=True)

    version = models.PositiveIntegerField(default=0)
    last_seq = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=clock.now)
    last_preview = models.CharField(max_length=160, blank=True)
    last_author = models.CharField(max_length=8, blank=True)
    last_kind = models.CharField(max_length=8, blank=True)
    last_public_seq = models.PositiveIntegerField(default=0)
    last_public_at = models.DateTimeField(default=clock.now)
    last_public_preview = models.CharField(max_length=160, blank=True)
    last_public_author = models.CharField(max_length=8, blank=True)
    last_public_author_id = models.BigIntegerField(default=0)
    waiting_since = models.DateTimeField(null=True)
    first_response_at = models.DateTimeField(null=True)
    inbound_count = models.PositiveIntegerField(default=0)
    outbound_count = models.PositiveIntegerField(default=0)
    contact_seen_seq = models.PositiveIntegerField(default=0)
    contact_seen_outbound = models.PositiveIntegerField(default=0)
    agents_seen_seq = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["identity", "start_ref"], name="ticket_start_ref_unique"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                "team",
                F("last_at").desc(),
                F("number").desc(),
                name="ticket_team_live",
                condition=Q(status__in=LIVE_STATUSES),
            ),
            models.Index(
                F("last_at").desc(),
                F("number").desc(),
                name="ticket_live",
                condition=Q(status__in=LIVE_STATUSES),
            ),
            models.Index(
                "team",
                F("last_at").desc(),
                F("number").desc(),
                name="ticket_team_done",
                condition=Q(status__in=DONE_STATUSES),
            ),
            models.Index(
                F("last_at").desc(),
                F("number").desc(),
                name="ticket_done",
                condition=Q(status__in=DONE_STATUSES),
            ),
            models.Index(
                "assignee",
                F("last_at").desc(),
                F("number").desc(),
                name="ticket_assignee_live",
                condition=Q(status__in=LIVE_STATUSES),
            ),
            models.Index(
                "queued_at",
                name="ticket_queue",
                condition=Q(queued_at__isnull=False),
            ),
            models.Index(
                "last_public_at",
                name="ticket_unread",
                condition=Q(outbound_count__gt=F("contact_seen_outbound")),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"
