from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Icon(models.TextChoices):
    """Icons of the sprite that suit a subject of help."""

    HELP = "help-circle", _("Question mark")
    DELIVERY = "truck-delivery", _("Delivery van")
    RETURN = "rotate-2", _("Way back")
    LAMP = "bulb", _("Lamp")
    TOOLS = "tools", _("Tools")
    PAYMENT = "credit-card", _("Payment card")
    SHIELD = "shield-check", _("Shield")
    BOOK = "book-2", _("Book")


class Category(models.Model):
    icon = models.CharField(_("icon"), max_length=30, choices=Icon, default=Icon.HELP)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        first = self.translations.first()
        return first.name if first else f"{self.pk}"


class CategoryTranslation(models.Model):
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=160, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["category", "language"], name="category_translation_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name
