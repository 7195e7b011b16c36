"""The public help centre: server-rendered, one address a language, readable without JavaScript."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from faq import actions, queries
from faq.domain import markdown, reading
from faq.registry import portal

CODES = [code for code, _ in settings.LANGUAGES]


@require_safe
@vary_on_headers("Accept-Language", "Cookie")
def choose(request: HttpRequest) -> HttpResponse:
    """`/help/` leads to the reader's language."""
    return redirect("faq:home", get_language() or "en")


@require_safe
@cache_control(private=True, max_age=0)
def home(request: HttpRequest, language: str) -> HttpResponse:
    with _reading(language):
        shelves = queries.shelves(language)
        context = {
            "portal": portal,
            "switch": {code: reverse("faq:home", args=[code]) for code in CODES},
            "alternatives": _absolute({code: reverse("faq:home", args=[code]) for code in CODES}),
            "shelves": shelves,
            "category_names": {shelf.id: shelf.name for shelf in shelves},
            "popular": queries.popular_articles(language),
        }
        return render(request, "faq/home.html", context)


@require_safe
@cache_control(private=True, max_age=0)
def article(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    with _reading(language):
        page = queries.fetch_page(language, slug)
        found = page.translation
        if found.language == language and found.slug != slug:
            return redirect("faq:article", language, found.slug)
        if request.method == "GET":
            actions.note_view(page.article.pk)
        context = {
            "portal": portal,
            "page": page,
            "translation": found,
            "outline": markdown.outline(found.body),
            "minutes": reading.minutes(found.body),
            "switch": _switch(page),
            "alternatives": _absolute(page.alternatives),
            "related": queries.related_articles(page, language),
            "is_fallback": found.language != language,
        }
        return render(request, "faq/article.html", context)


def _reading(language: str) -> translation.override:
    """The page speaks the address's language, whatever the reader's browser or account says."""
    if language not in CODES:
        raise Http404
    return translation.override(language)


def _switch(page: queries.Page) -> dict[str, str]:
    """Where each language leads; without a translation, to this text with its notice."""
    missing = {code: queries.article_url(code, page.translation.slug) for code in CODES}
    return missing | page.alternatives


def _absolute(addresses: dict[str, str]) -> dict[str, str]:
    """hreflang wants whole addresses."""
    return {code: f"{settings.PUBLIC_URL}{address}" for code, address in addresses.items()}
