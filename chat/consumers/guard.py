"""What a request with a session cookie must prove: that our own page sent it."""

from io import BytesIO
from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from helpdesk.core.errors import NotAllowed


def _never_called(_request: Any) -> HttpResponse:
    raise AssertionError("the check asks for no response")


_csrf = CsrfViewMiddleware(_never_called)


async def refuse_forgery(scope: dict[str, Any], body: bytes) -> None:
    """Django's own CSRF check (token header against cookie, and Origin). Raises NotAllowed."""
    request = ASGIRequest(scope, BytesIO(body))
    _csrf.process_request(request)
    if _csrf.process_view(request, _never_called, (), {}) is not None:
        raise NotAllowed
