"""Who is at the other end of a request."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address: behind our proxy the last one that it wrote down, which nobody else
    can have put there; otherwise the connection's own."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    return _choose(forwarded, str(request.META.get("REMOTE_ADDR", "")))


def scope_address(scope: dict[str, Any]) -> str:
    """The same for an ASGI scope, such as a socket's."""
    forwarded = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
    own = str((scope.get("client") or [""])[0])
    return _choose(b",".join(forwarded).decode("latin-1"), own)


def _choose(forwarded: str, own: str) -> str:
    if settings.ENV.trust_forwarded_for and (last := forwarded.rpartition(",")[2].strip()):
        return last
    return own
