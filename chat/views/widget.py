"""The widget's HTTP side: frame, session, snapshots, and ending a chat."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, Literal, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from pydantic import BaseModel

from chat.actions.visitors import create_visitor, remember_zone
from chat.queries.availability import queue_of
from chat.queries.visitors import fetch_visitor
from chat.queries.widget import (
    allowed_origins,
    boot,
    fetch_inbox,
    frame_config,
)
from chat.views.limits import limit_address
from helpdesk.accounts.viewer import Visitor
from helpdesk.core.jsonio import read_model, reply
from helpdesk.realtime.position import current_at
from tickets.actions.leave import leave_queue
from tickets.actions.route import route_waiting
from tickets.actions.solve import solve
from tickets.queries import fetch_ticket_for
from tickets.queries.bodies import public_row
from tickets.queries.messages import page_before
from tickets.views.console import read_before

P = ParamSpec("P")
NEW_VISITORS_AN_HOUR = 120


def bearer(request: HttpRequest) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else ""


def for_visitor(
    view: Callable[Concatenate[HttpRequest, Visitor, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Hands the view its visitor, whom the bearer token names, in the inbox of the URL. The token
    is what another site cannot send, so these views need no CSRF cookie."""

    def wrapper(request: HttpRequest, inbox: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        viewer, _key = fetch_visitor(bearer(request), str(inbox))
        with translation.override(viewer.language):
            response = view(request, viewer, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    return csrf_exempt(update_wrapper(wrapper, view))


@require_GET
@xframe_options_exempt
def frame(request: HttpRequest, inbox: UUID) -> HttpResponse:
    found = fetch_inbox(inbox)
    lang = request.GET.get("lang", "")
    lang = lang if lang in found.languages else (found.languages or ["en"])[0]
    theme = request.GET.get("theme", "light")
    theme = theme if theme in {"light", "dark", "system"} else "light"
    with translation.override(lang):
        response = render(
            request, "chat/widget_frame.html", {"config": frame_config(found, lang, theme)}
        )
    # django-csp's own decorator takes no value that depends on the request.
    response._csp_replace = {"frame-ancestors": allowed_origins(found) or ["*"]}  # type: ignore[attr-defined]
    # All that it loads is our own, so shops that isolate themselves may show it too.
    response.headers["Cross-Origin-Embedder-Policy"] = "require-corp"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@csrf_exempt
@require_POST
def session(request: HttpRequest, inbox: UUID) -> HttpResponse:
    """A new visitor. Nobody becomes many: a limit an hour and address."""
    found = fetch_inbox(inbox)
    limit_address(request, "new-visitors", an_hour=NEW_VISITORS_AN_HOUR)
    token, identity = create_visitor(found, translation.get_language() or "en")
    return reply({"token": token, "visitor": identity.public_id}, status=201)


@require_GET
@for_visitor
def widget_boot(request: HttpRequest, viewer: Visitor) -> HttpResponse:
    at = current_at()
    language = request.GET.get("lang") or viewer.language
    remember_zone(viewer, request.GET.get("zone", ""))
    return reply({"at": at, **boot(viewer, language)})


@require_GET
@for_visitor
def thread(request: HttpRequest, viewer: Visitor, ticket: UUID) -> HttpResponse:
    at = current_at()
    row = fetch_ticket_for(viewer, ticket)
    messages, more = page_before(row, None, public=True)
    return reply(
        {
            "at": at,
            "row": public_row(row),
            "messages": messages,
            "more": more,
            "queue": queue_of(row),
        }
    )


@require_GET
@for_visitor
def messages(request: HttpRequest, viewer: Visitor, ticket: UUID) -> HttpResponse:
    row = fetch_ticket_for(viewer, ticket)
    found, more = page_before(row, read_before(request), public=True)
    return reply({"messages": found, "more": more})


class EndBody(BaseModel):
    reason: Literal["ended", "left"] = "ended"


@require_POST
@for_visitor
def end(request: HttpRequest, viewer: Visitor, ticket: UUID) -> HttpResponse:
    """He has what he wanted ("ended"), or would rather not wait ("left")."""
    reason = read_model(request, EndBody).reason
    row = leave_queue(viewer, ticket) if reason == "left" else solve(viewer, ticket)
    route_waiting()
    return reply({"row": public_row(row)})
