"""JSON in and out, one encoder for HTTP, sockets and the live log."""

from typing import Any, TypeVar

import orjson
from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel, ValidationError

from helpdesk.core.errors import Invalid

M = TypeVar("M", bound=BaseModel)
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


def read_model(request: HttpRequest, model: type[M]) -> M:
    """The request's JSON object in a closed form. Raises Invalid with the field's name."""
    try:
        return model.model_validate(read_object(request))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise Invalid(field=".".join(map(str, first["loc"]))) from error
