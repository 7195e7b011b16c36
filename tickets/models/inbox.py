"""A place where customers write: a widget on a site, a mailbox, a number."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk.core import clock
from helpdesk.core.calendar import ALWAYS, Hours
from tickets.domain.chat_settings import ChatSettings


def default_languages() -> list[str]:
    return ["en", "tr", "pl"]


class Inbox(models.Model):
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, default="chat")
    name = models.CharField(_("name"), max_length=80)
    brand_color = models.CharField(
        _("brand colour"),
        max_length=7,
        default="#4252cd",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Enter a colour like #1a533e."))],
    )
    languages = ArrayField(
        models.CharField(max_length=8), default=default_languages, verbose_name=_("languages")
    )
    team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.SET_NULL, verbose_name=_("team")
    )
    allowed_origins = ArrayField(
        models.CharField(max_length=200),
        default=list,
        blank=True,
        verbose_name=_("websites that may show the widget"),
    )
    calendar = models.ForeignKey(
        "accounts.Calendar",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        verbose_name=_("opening hours"),
    )
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    settings = models.JSONField(default=dict, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "inboxes"

    def __str__(self) -> str:
        return self.name

    @property
    def chat(self) -> ChatSettings:
        """What a manager settled for the widget."""
        return ChatSettings.model_validate(self.settings)

    @property
    def hours(self) -> Hours:
        """When its people answer; always, if no calendar says otherwise."""
        return self.calendar.hours if self.calendar is not None else ALWAYS
