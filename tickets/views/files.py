"""Files over HTTP: uploads, and the signed addresses where they are fetched."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import IO, Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helpdesk.accounts.viewer import Staff, Visitor
from helpdesk.core.errors import Invalid, NotFound
from helpdesk.core.jsonio import reply
from tickets.actions.files import discard_file, store_file
from tickets.domain.files import CHUNK, PICTURES
from tickets.queries.files import fetch_signed, file_body
from tickets.views.console import for_staff

WEEK_SECONDS = 7 * 24 * 3600
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


@require_POST
@for_staff
def upload(request: HttpRequest, viewer: Staff) -> HttpResponse:
    return answer_upload(request, viewer)


@require_http_methods(["DELETE"])
@for_staff
def discard(request: HttpRequest, viewer: Staff, file: UUID) -> HttpResponse:
    discard_file(viewer, file)
    return reply({})


def answer_upload(request: HttpRequest, viewer: Staff | Visitor) -> HttpResponse:
    """One file in the field `file` of a form. Raises what `store_file` does, and Invalid."""
    files = [file for _, found in request.FILES.lists() for file in found]
    if len(files) != 1 or "file" not in request.FILES:
        raise Invalid(field="file")
    (file,) = files
    row = store_file(viewer, file.name or "", file, file.size or 0)
    return reply({"file": file_body(row)}, status=201)


@require_safe
def download(request: HttpRequest, file: UUID, name: str) -> HttpResponseBase:
    found = _fetch(request, file)
    is_picture = found.media_type in PICTURES
    return _answer(request, found.file, found.media_type, found.name, is_inline=is_picture)


@require_safe
def preview(request: HttpRequest, file: UUID) -> HttpResponseBase:
    found = _fetch(request, file)
    if not found.preview:
        raise NotFound
    return _answer(request, found.preview, "image/webp", "preview.webp", is_inline=True)


def _fetch(request: HttpRequest, file: UUID) -> Any:
    return fetch_signed(file, request.GET.get("e", ""), request.GET.get("s", ""))


def _answer(
    request: HttpRequest, stored: Any, media_type: str, name: str, *, is_inline: bool
) -> HttpResponseBase:
    try:
        stored.open("rb")
    except FileNotFoundError as error:
        raise NotFound from error
    kind = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    response = StoredFile(stored, as_attachment=not is_inline, filename=name, content_type=kind)
    _serve_range(request, response, stored)
    # Whatever it is, on our origin it runs nothing, and no other site can read it.
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = f"private, max-age={WEEK_SECONDS}, immutable"
    response.headers["Accept-Ranges"] = "bytes"
    return response


class StoredFile(FileResponse):
    """Read piece by piece; under ASGI Django would take the whole file into memory first."""

    block_size = CHUNK

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = iter(self)
        while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
            yield piece


class Part:
    """The bytes from where the file stands now, `length` of them."""

    def __init__(self, file: IO[bytes], length: int) -> None:
        self._file, self._left = file, length

    def read(self, size: int) -> bytes:
        piece: bytes = self._file.read(min(size, self._left))
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        self._file.close()


def _serve_range(request: HttpRequest, response: FileResponse, stored: Any) -> None:
    """One range, as players of sound and video ask for it; anything else gets the whole file."""
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    size = stored.size
    if not asked or not (asked[1] or asked[2]):
        return
    first = int(asked[1]) if asked[1] else max(0, size - int(asked[2]))
    last = min(int(asked[2]), size - 1) if asked[1] and asked[2] else size - 1
    if first > last:
        response.status_code = 416
        response.streaming_content = ()
        response.headers["Content-Range"] = f"bytes */{size}"
        response.headers["Content-Length"] = "0"
        return
    stored.seek(first)
    response.streaming_content = Part(stored, last - first + 1)  # type: ignore[assignment]  # all it asks is read
    response.status_code = 206
    response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    response.headers["Content-Length"] = str(last - first + 1)
