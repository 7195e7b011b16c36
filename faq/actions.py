"""Every write of articles and categories."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from faq.domain import markdown
from faq.domain.slugs import LENGTH, make_slug
from faq.models import (
    Article,
    ArticleTranslation,
    ArticleVote,
    Category,
    CategoryTranslation,
    Icon,
    Status,
)
from helpdesk.core import clock


@transaction.atomic
def create_category(icon: Icon, position: int, names: dict[str, tuple[str, str]]) -> Category:
    """`names`: language → name and description."""
    category = Category.objects.create(icon=icon, position=position)
    CategoryTranslation.objects.bulk_create(
        CategoryTranslation(
            category=category, language=language, name=name, description=description
        )
        for language, (name, description) in names.items()
    )
    return category


def create_article(category: Category, *, status: Status = Status.PUBLISHED) -> Article:
    return Article.objects.create(category=category, status=status, created_at=clock.now())


def write_translation(
    article: Article, language: str, *, title: str, body: str, slug: str = ""
) -> ArticleTranslation:
    """Creates or replaces the article's text in one language; a known address is kept."""
    translation = ArticleTranslation.objects.filter(article=article, language=language).first()
    if translation is None:
        translation = ArticleTranslation(article=article, language=language)
        translation.slug = _free_slug(title, language)
    translation.slug = slug or translation.slug
    translation.title = title.strip()
    translation.body = body
    save_translation(translation)
    return translation


def save_translation(translation: ArticleTranslation) -> None:
    translation.html = markdown.render(translation.body)
    translation.updated_at = clock.now()
    translation.save()


def note_view(article_id: int) -> None:
    Article.objects.filter(pk=article_id).update(views=F("views") + 1)


def vote(article_id: int, voter: UUID, *, helped: bool) -> None:
    """Whether the article helped this reader; who says otherwise later has changed his mind."""
    ArticleVote.objects.update_or_create(
        article_id=article_id,
        voter=voter,
        defaults={"helped": helped},
        create_defaults={"helped": helped, "created_at": clock.now()},
    )


def _free_slug(title: str, language: str) -> str:
    base = slug = make_slug(title)
    number = 2
    while ArticleTranslation.objects.filter(language=language, slug=slug).exists():
        slug = f"{base[: LENGTH - 4]}-{number}"
        number += 1
    return slug
