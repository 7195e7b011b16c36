"""Files that belong to a message, and for a while those that are being attached to one."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from helpdesk.core import clock


class Attachment(models.Model):
    """`message` is null until the message that carries it is sent; a sweep deletes what stays so.

    The uploader is either a visitor's identity or one of us; only he may attach it. `file` is what
    is handed out (a picture is drawn anew, without its camera's data), `preview` a small WebP.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    message = models.ForeignKey(
        "tickets.Message", null=True, on_delete=models.CASCADE, related_name="attachments"
    )
    inbox = models.ForeignKey(
        "tickets.Inbox", null=True, on_delete=models.CASCADE, related_name="+"
    )
    identity = models.ForeignKey(
        "tickets.Identity", null=True, on_delete=models.CASCADE, related_name="+"
    )
    user = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64)
    file = models.FileField(max_length=200)
    preview = models.FileField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["created_at"],
                name="attachment_unsent",
                condition=models.Q(message__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name
