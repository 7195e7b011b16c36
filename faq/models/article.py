from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from faq.models.category import Category
from helpdesk.core import clock


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class Article(models.Model):
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="articles")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    views = models.PositiveBigIntegerField(_("views"), default=0, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering: ClassVar = ["-views", "id"]
        indexes: ClassVar = [models.Index(fields=["-views", "id"], name="article_popular")]

    def __str__(self) -> str:
        first = self.translations.first()
        return first.title if first else f"{self.pk}"


class ArticleVote(models.Model):
    """Did it help this reader? His last word counts; `voter` says nothing of who he is."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="votes")
    voter = models.UUIDField()
    helped = models.BooleanField()
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "voter"], name="article_vote_once"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {'helped' if self.helped else 'did not help'}"


class ArticleTranslation(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("address"), max_length=80)
    body = models.TextField(_("text"), help_text=_("Markdown"))
    html = models.TextField(editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "language"], name="article_translation_unique"
            ),
            models.UniqueConstraint(fields=["language", "slug"], name="article_slug_unique"),
        ]

    def __str__(self) -> str:
        return self.title
