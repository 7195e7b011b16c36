"""JSON in and out, one encoder for HTTP, sockets and the live log."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from helpdesk.core.errors import Invalid

dumps = orjson.dumps


def reply(data: Any, *, status: int = 200) -> HttpResponse:
    return HttpResponse(dumps(data), content_type="application/json", status=status)


def read_object(request: HttpRequest) -> dict[str, Any]:
    """The request's JSON object; an empty body is an empty object. Raises Invalid."""
    if not request.body:
        return {}
    try:
        data = orjson.loads(request.body)
    except orjson.JSONDecodeError as error:
        raise Invalid from error
    if not isinstance(data, dict):
        raise Invalid
    return data
