"""Invitations to chat (R3): rules, and what came of them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk.core import clock


class Invitation(models.Model):
    """`conditions` and `texts` are validated by `chat.domain.invitations`; `texts` holds one or two
    variants, each a text by language. Lower `position` wins when several come true at once."""

    inbox = models.ForeignKey("tickets.Inbox", on_delete=models.CASCADE, related_name="invitations")
    name = models.CharField(_("name"), max_length=80)
    is_active = models.BooleanField(_("active"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    conditions = models.JSONField(default=dict)
    texts = models.JSONField(default=list)
    every_hours = models.PositiveIntegerField(_("at most once in hours"), default=24)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class InvitationCount(models.Model):
    """What one variant did on one day (UTC)."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="counts")
    variant = models.PositiveSmallIntegerField()
    day = models.DateField()
    shown = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    dismissed = models.PositiveIntegerField(default=0)
    chatted = models.PositiveIntegerField(default=0)
    solved = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["invitation", "variant", "day"], name="invitation_count_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invitation_id}/{self.variant} {self.day}"


class InvitedTicket(models.Model):
    """Which invitation a conversation came from, so that its end can be counted there, once."""

    ticket = models.OneToOneField(
        "tickets.Ticket", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="+")
    variant = models.PositiveSmallIntegerField()
    solved_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.ticket_id} by {self.invitation_id}"
