from django.db import models
from django.utils.translation import gettext_lazy as _


class SurveyKind(models.TextChoices):
    CSAT = "csat", _("Satisfaction, 1 to 5")


class Survey(models.Model):
    """One question. `questions` holds the company's own words a language; else ours are used."""

    kind = models.CharField(_("kind"), max_length=8, choices=SurveyKind, default=SurveyKind.CSAT)
    name = models.CharField(_("name"), max_length=80)
    questions = models.JSONField(_("questions"), default=dict, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    def __str__(self) -> str:
        return self.name
