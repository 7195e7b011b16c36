"""What the public may read: published articles, each in the best language there is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from faq.domain import reading, search
from faq.models import Article, ArticleTranslation, Category, CategoryTranslation, Status
from helpdesk.core.errors import NotFound

T = TypeVar("T", ArticleTranslation, CategoryTranslation)
RELATED = 3
POPULAR = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as lists show it."""

    article_id: int
    category_id: int
    title: str
    slug: str
    url: str
    language: str
    minutes: int
    views: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category with its articles."""

    id: int
    icon: str
    name: str
    description: str
    articles: list[Entry]


@dataclass(frozen=True, slots=True)
class Page:
    """One article as it is read: `translation` may be in another language than was asked for."""

    article: Article
    translation: ArticleTranslation
    alternatives: dict[str, str]
    category: str


def published_articles(language: str) -> list[Entry]:
    """All published articles, the most read first."""
    articles = _published().order_by("-views", "id")
    return [
        _entry(article, translation, language)
        for article in articles
        if (translation := _best(article.translations.all(), language))
    ]


def popular_articles(language: str, limit: int = POPULAR) -> list[Entry]:
    return published_articles(language)[:limit]


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that answers a question; parts are pieces of text, each with whether the question
    found it."""

    entry: Entry
    category: str
    title: list[search.Part]
    excerpt: list[search.Part]


def search_articles(text: str, language: str, limit: int) -> list[Hit]:
    """Published articles that have some of the words, the best first, each in the best language
    there is. Whoever brings a better search keeps this shape; the widget knows no other."""
    query = search.read_query(text)
    found = [
        (article, translation)
        for article in _published().order_by("-views", "id")
        if (translation := _best(article.translations.all(), language))
    ]
    texts = [(translation.title, search.plain(translation.html)) for _, translation in found]
    hits = []
    for place in search.rank(query, texts)[:limit]:
        (article, translation), (title, body) = found[place], texts[place]
        name = _best(article.category.translations.all(), language)
        hits.append(
            Hit(
                entry=_entry(article, translation, language),
                category=name.name if name else "",
                title=search.marked(title, query),
                excerpt=search.excerpt(body, query),
            )
        )
    return hits


def shelves(language: str) -> list[Shelf]:
    """The categories that have something to read, in their order."""
    entries = published_articles(language)
    found = []
    for category in Category.objects.prefetch_related("translations"):
        articles = [entry for entry in entries if entry.category_id == category.pk]
        name = _best(category.translations.all(), language)
        if articles and name:
            found.append(Shelf(category.pk, category.icon, name.name, name.description, articles))
    return found


def fetch_page(language: str, slug: str) -> Page:
    """The published article at this address.

    An address of another language leads to the same article, so that a link never dies with
    a missing translation. Raises NotFound.
    """
    candidates = ArticleTranslation.objects.filter(slug=slug, article__status=Status.PUBLISHED)
    match = _best(candidates, language)
    if match is None:
        raise NotFound
    article = _published().get(pk=match.article_id)
    translations = list(article.translations.all())
    name = _best(article.category.translations.all(), language)
    return Page(
        article=article,
        translation=_best(translations, language) or match,
        alternatives={one.language: article_url(one.language, one.slug) for one in translations},
        category=name.name if name else "",
    )


def related_articles(page: Page, language: str) -> list[Entry]:
    """Others of the same category, the most read first."""
    same = _published().filter(category=page.article.category_id).exclude(pk=page.article.pk)
    entries = [
        _entry(article, translation, language)
        for article in same.order_by("-views", "id")[:RELATED]
        if (translation := _best(article.translations.all(), language))
    ]
    return entries


def article_url(language: str, slug: str) -> str:
    return reverse("faq:article", args=[language, slug])


def _published() -> QuerySet[Article]:
    return Article.objects.filter(status=Status.PUBLISHED).prefetch_related(
        "translations", "category__translations"
    )


def _best(translations: Iterable[T], language: str) -> T | None:
    """In the language asked for, else in the first of the product's languages there is."""
    by_language = {one.language: one for one in translations}
    for code in (language, *(code for code, _ in settings.LANGUAGES)):
        if code in by_language:
            return by_language[code]
    return None


def _entry(article: Article, translation: ArticleTranslation, language: str) -> Entry:
    return Entry(
        article_id=article.pk,
        category_id=article.category_id,
        title=translation.title,
        slug=translation.slug,
        url=article_url(language, translation.slug),
        language=translation.language,
        minutes=reading.minutes(translation.body),
        views=article.views,
    )
