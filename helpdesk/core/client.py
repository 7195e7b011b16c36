"""Who is at the other end of a request."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address: behind our proxy the last one that it wrote down, which nobody else
    can have put there; otherwise the connection's own."""
    if settings.ENV.trust_forwarded_for:
        forwarded = str(request.headers.get("X-Forwarded-For", ""))
        if last := forwarded.rpartition(",")[2].strip():
            return last
    return str(request.META.get("REMOTE_ADDR", ""))
