from typing import ClassVar
from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk.core import clock
from surveys.models.survey import Survey


class Invitation(models.Model):
    """One person asked about one solved ticket, and the answer."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="invitations")
    ticket = models.ForeignKey(
        "tickets.Ticket", on_delete=models.CASCADE, related_name="invitations"
    )
    identity = models.ForeignKey("tickets.Identity", on_delete=models.CASCADE, related_name="+")
    solved_at = models.DateTimeField()
    offered_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    score = models.PositiveSmallIntegerField(
        _("score"), null=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    comment = models.TextField(_("comment"), blank=True, max_length=2000)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ticket", "solved_at"], name="invitation_once_a_solve"),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__range=(1, 5)),
                name="invitation_score_range",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["identity", "-offered_at"], name="invitation_of_identity"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.score}"
