"""The help centre inside the widget: searching, reading, and saying whether it helped."""

from typing import Any
from uuid import uuid5

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST
from pydantic import BaseModel, StrictBool

from chat.views.limits import limit_visitor
from chat.views.widget import for_visitor
from faq import actions
from faq.domain import reading
from faq.queries import Hit, article_url, fetch_page, search_articles
from helpdesk.accounts.viewer import Visitor
from helpdesk.core.errors import Invalid
from helpdesk.core.jsonio import read_model, reply
from helpdesk.core.text import clean

RESULTS = 8
SHORTEST, LONGEST = 2, 100
# A person who types: a search each 150 ms at most, and he stops to read.
SEARCHES_A_MINUTE = 120
VOTES_A_MINUTE = 20


@require_GET
@for_visitor
def search(request: HttpRequest, viewer: Visitor) -> HttpResponse:
    text = clean(request.GET.get("q", ""))
    if not SHORTEST <= len(text) <= LONGEST:
        raise Invalid(field="q")
    limit_visitor(viewer, "help", a_minute=SEARCHES_A_MINUTE)
    hits = search_articles(text, _language(request, viewer), RESULTS)
    return reply({"results": [_result(hit) for hit in hits]})


@require_GET
@for_visitor
def article(request: HttpRequest, viewer: Visitor, slug: str) -> HttpResponse:
    """Published ones only; `is_fallback` when there is none in the language asked for."""
    language = _language(request, viewer)
    page = fetch_page(language, slug)
    actions.note_view(page.article.pk)
    found = page.translation
    return reply(
        {
            "title": found.title,
            "html": found.html,
            "url": article_url(found.language, found.slug),
            "minutes": reading.minutes(found.body),
            "language": found.language,
            "is_fallback": found.language != language,
        }
    )


class VoteBody(BaseModel):
    helped: StrictBool


@require_POST
@for_visitor
def vote(request: HttpRequest, viewer: Visitor, slug: str) -> HttpResponse:
    body = read_model(request, VoteBody)
    limit_visitor(viewer, "help-votes", a_minute=VOTES_A_MINUTE)
    page = fetch_page(_language(request, viewer), slug)
    # The help centre knows no visitor: a name that leads from him to his vote, and not back.
    actions.vote(page.article.pk, uuid5(viewer.identity, "vote"), helped=body.helped)
    return reply({})


def _language(request: HttpRequest, viewer: Visitor) -> str:
    return request.GET.get("lang") or viewer.language


def _result(hit: Hit) -> dict[str, Any]:
    entry = hit.entry
    return {
        "title": entry.title,
        "slug": entry.slug,
        "url": entry.url,
        "category": hit.category,
        "minutes": entry.minutes,
        "title_parts": hit.title,
        "excerpt": hit.excerpt,
    }
