"""What lets a browser back in as the visitor it was: an opaque token, of which we keep the hash."""

from django.db import models

from helpdesk.core import clock


class VisitorToken(models.Model):
    token_hash = models.CharField(max_length=64, unique=True)
    identity = models.ForeignKey(
        "tickets.Identity", on_delete=models.CASCADE, related_name="tokens"
    )
    inbox = models.ForeignKey("tickets.Inbox", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    last_used_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"token {self.pk}"
