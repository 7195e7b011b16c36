"""The made-up shop that the widget is shown on. It sells nothing and keeps nothing."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from helpdesk.storefront.inbox import DEMO_INBOX
from helpdesk.storefront.products import PRODUCTS

CODES = [code for code, _ in settings.LANGUAGES]


@require_safe
@vary_on_headers("Accept-Language", "Cookie")
def choose(request: HttpRequest) -> HttpResponse:
    """`/demo/` leads to the visitor's language, `/demo/?lang=tr` to that one."""
    wished = request.GET.get("lang", "")
    return redirect("storefront:shop", wished if wished in CODES else get_language() or "en")


@require_safe
def shop(request: HttpRequest, language: str) -> HttpResponse:
    return _page(request, language, "shop", {"products": PRODUCTS.values()})


@require_safe
def product(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    if slug not in PRODUCTS:
        raise Http404
    return _page(request, language, "product", {"product": PRODUCTS[slug]}, slug)


@require_safe
def checkout(request: HttpRequest, language: str) -> HttpResponse:
    return _page(request, language, "checkout", {"product": PRODUCTS["halo"]})


@require_safe
def thanks(request: HttpRequest, language: str) -> HttpResponse:
    return _page(request, language, "thanks", {})


def _page(
    request: HttpRequest, language: str, name: str, context: dict[str, Any], *slug: str
) -> HttpResponse:
    if language not in CODES:
        raise Http404
    with translation.override(language):
        shell = {
            "inbox": DEMO_INBOX,
            "language": language,
            "switch": {code: reverse(f"storefront:{name}", args=[code, *slug]) for code in CODES},
        }
        return render(request, f"storefront/{name}.html", shell | context)
