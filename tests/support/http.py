"""One request to the live doors over HTTP, in the test's own event loop."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

from django.conf import settings
from django.test import Client

from chat.consumers.routing import live_http
from tests.support.sockets import ORIGIN

Answer = tuple[int, dict[str, Any]]
Headers = Iterable[tuple[str, str]]


def cookies_of(browser: Client, *, csrf: str | None = "token", origin: str = ORIGIN) -> Headers:
    """What our own page sends with its requests; `csrf` None: what another site can send."""
    secret = "a" * 32
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    jar = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={secret}"
    headers = [("cookie", jar), ("origin", origin), ("host", "localhost:8000")]
    return headers if csrf is None else [*headers, ("x-csrftoken", secret)]


class Request:
    """A POST that is under way; `hang_up()` is the client leaving."""

    def __init__(self, path: str, body: Any, headers: Headers) -> None:
        text = body if isinstance(body, bytes) else json.dumps(body, default=str).encode()
        self.scope = {
            "type": "http",
            "method": "POST",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "scheme": "http",
            "headers": [(name.encode(), value.encode()) for name, value in headers],
        }
        self._in: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._in.put_nowait({"type": "http.request", "body": text})
        self._said: list[dict[str, Any]] = []
        self.task = asyncio.create_task(self._run())

    def hang_up(self) -> None:
        self._in.put_nowait({"type": "http.disconnect"})

    async def answer(self) -> Answer:
        return await asyncio.wait_for(asyncio.shield(self.task), 15)

    async def _run(self) -> Answer:
        async def send(message: dict[str, Any]) -> None:
            self._said.append(message)

        await live_http(self.scope, self._in.get, send)
        start, body = self._said
        return start["status"], json.loads(body["body"])


def headers_of(token: str | None, headers: Headers = ()) -> Headers:
    return [*headers, *([("authorization", f"Bearer {token}")] if token is not None else [])]


async def post_live(
    path: str, body: Any, *, token: str | None = None, headers: Headers = ()
) -> Answer:
    return await Request(path, body, headers_of(token, headers)).answer()


@asynccontextmanager
async def waiting_poll(
    path: str, body: Any, *, token: str | None = None, headers: Headers = ()
) -> AsyncIterator[Request]:
    request = Request(path, body, headers_of(token, headers))
    yield request
    request.hang_up()
    await request.answer()
