"""What a shop's page loads from us, and the chat on a page of its own."""

import hashlib
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_GET

from chat.queries.invitations import texts_of
from chat.queries.loader import languages_of, loader_script, panel_script
from chat.queries.peek import state_of
from chat.queries.widget import fetch_inbox, frame_config
from helpdesk.core.jsonio import reply
from tickets.queries.sightings import note_sighting

SCRIPT_SECONDS = 300
STATE_SECONDS = 10


@require_GET
def loader(request: HttpRequest) -> HttpResponse:
    """The launcher's script with the inbox's public settings inside; one request before intent."""
    inbox = fetch_inbox(request.GET.get("i", ""))
    note_sighting(inbox, request.headers.get("Referer", ""))
    return _script(request, loader_script(inbox))


@require_GET
def panel(request: HttpRequest, inbox: UUID) -> HttpResponse:
    """The loader's second stage, which a page's policy lets in as it let in the first."""
    return _script(request, panel_script(fetch_inbox(inbox)))


@require_GET
def state(request: HttpRequest, inbox: UUID) -> HttpResponse:
    """{open, free, unread, live} for any page that asks; `k` is the peek key, if it has one. With
    `r`, an invitation that has come true there, its `texts` and the `name` that it speaks in."""
    found = fetch_inbox(inbox)
    state = state_of(found, request.GET.get("k", ""))
    if rule := request.GET.get("r"):
        state |= {"name": found.name, "texts": texts_of(found, rule)}
    response = reply(state)
    response.headers["Cache-Control"] = f"private, max-age={STATE_SECONDS}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_GET
def chat_page(request: HttpRequest, inbox: UUID) -> HttpResponse:
    """The chat without a shop around it, for a link in a mail or a place without scripts of ours.
    `lang` in the address counts before what the browser asks for."""
    found = fetch_inbox(inbox)
    known = languages_of(found)
    wished = request.GET.get("lang", "") or get_language_from_request(request)
    lang = wished if wished in known else known[0]
    theme = "system" if found.chat.look.theme == "page" else found.chat.look.theme
    with translation.override(lang):
        return render(
            request, "chat/widget_frame.html", {"config": frame_config(found, lang, theme)}
        )


def _script(request: HttpRequest, body: str) -> HttpResponse:
    etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:24]}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={SCRIPT_SECONDS}"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
