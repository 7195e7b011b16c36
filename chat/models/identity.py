"""How a shop's server tells us who its visitor is, and which of its words count no more."""

from typing import ClassVar

from django.db import models

from helpdesk.core import clock
from helpdesk.core.crypto import EncryptedTextField


class IdentityKey(models.Model):
    """A secret shared with one shop; `kid` names it in a token's header. Two may live at once, so
    that a shop can change its key without a moment in which nobody is known."""

    inbox = models.ForeignKey("tickets.Inbox", on_delete=models.CASCADE, related_name="+")
    kid = models.CharField(max_length=16, unique=True)
    secret = EncryptedTextField()
    created_at = models.DateTimeField(default=clock.now)
    # To the hour: tells a shop that its new key is in use everywhere, before it retires the old.
    last_used_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.kid


class Assertion(models.Model):
    """A signed token that was shown to us, by its hash: one row for each browser that showed it.
    Signing out revokes all that were shown with the visitor's token, wherever else they were shown
    too, so that none of them opens his history again on a shared computer."""

    digest = models.CharField(max_length=64)
    token = models.ForeignKey(
        "chat.VisitorToken", null=True, on_delete=models.SET_NULL, related_name="assertions"
    )
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["digest", "token"], name="assertion_once_a_browser"),
        ]
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="assertion_expires")]

    def __str__(self) -> str:
        return self.digest[:8]
