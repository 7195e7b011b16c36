"""A visitor asks us to forget him."""

from typing import ClassVar

from django.db import models

from helpdesk.core import clock


class ErasureRequest(models.Model):
    """Open until a manager has done it; the contact's row stays, emptied, so that counts hold."""

    contact = models.ForeignKey("tickets.Contact", on_delete=models.CASCADE, related_name="+")
    inbox = models.ForeignKey("tickets.Inbox", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contact"], name="erasure_open_once", condition=models.Q(done_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"erase {self.contact_id}"
