"""What is too large never reaches Django."""

import asyncio
import json
from typing import Any

from helpdesk.core.body_limit import limited


async def ask(chunks: list[bytes], *, announced: int | None) -> tuple[int, int]:
    """The status, and how many bytes the application got, of a limit of 100."""
    got, said = 0, []
    messages = [{"type": "http.request", "body": c, "more_body": True} for c in chunks]
    messages.append({"type": "http.request", "body": b"", "more_body": False})

    async def application(scope: Any, receive: Any, send: Any) -> None:
        nonlocal got
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            got += len(message["body"])
            if not message["more_body"]:
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        said.append(message)

    headers = [] if announced is None else [(b"content-length", str(announced).encode())]
    await limited(application, 100)({"headers": headers}, receive, send)
    if said[0]["status"] == 413:
        assert json.loads(said[1]["body"])["error"]["code"] == "too_long"
    return said[0]["status"], got


def test_a_body_is_measured_before_it_is_kept() -> None:
    chunk = b"x" * 40
    assert asyncio.run(ask([chunk, chunk], announced=80)) == (200, 80)
    assert asyncio.run(ask([chunk] * 9, announced=360)) == (413, 0)
    assert asyncio.run(ask([chunk] * 9, announced=None)) == (413, 80)
    assert asyncio.run(ask([chunk] * 9, announced=1)) == (413, 80)
