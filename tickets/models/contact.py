"""A person, and the addresses under which he writes to us."""

from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk.core import clock


def display_name(name: str, email: str, public_id: UUID) -> str:
    """The name, else the e-mail, else a short stable handle for an unknown visitor."""
    return name or email or f"V{public_id.hex[:4].upper()}"


class Contact(models.Model):
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    preferred_channel = models.CharField(_("preferred channel"), max_length=16, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    # {"signed": {…}, "page": {…}}: what the shop's server vouched for, and what its page only said.
    attributes = models.JSONField(default=dict, blank=True)
    # [{"text", "inbox", "at"}, …]: the words he agreed to, and when.
    consents = models.JSONField(
        default=list, db_default=models.Value([], models.JSONField()), blank=True
    )
    blocked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return display_name(self.name, self.email, self.public_id)


class Identity(models.Model):
    """One address of a contact in one kind of channel, such as `visitor` + a UUID."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=16)
    address = models.CharField(max_length=255)
    verified_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "address"], name="identity_address_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.address}"
