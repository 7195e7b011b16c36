"""No request is larger than the largest file that may be sent.

Django writes a request's body to disk before anything of ours sees it, however long it is; so it
is measured here, in front of Django: by what the client announces, and by what really comes.
"""

from typing import Any

from helpdesk.core.jsonio import dumps

TOO_LARGE = 413


def limited(application: Any, limit: int) -> Any:
    """The ASGI application for requests of at most `limit` bytes; others are answered 413."""

    async def guarded(scope: Any, receive: Any, send: Any) -> None:
        if _announced(scope) > limit:
            await _refuse(send)
            return
        came, is_over = 0, False

        async def counted() -> Any:
            nonlocal came, is_over
            message = await receive()
            came += len(message.get("body", b""))
            if came <= limit:
                return message
            is_over = True  # for Django the client has hung up
            return {"type": "http.disconnect"}

        await application(scope, counted, send)
        if is_over:
            await _refuse(send)

    return guarded


def _announced(scope: Any) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


async def _refuse(send: Any) -> None:
    error = {"code": "too_long", "message": "This is too large."}
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": TOO_LARGE, "headers": headers})
    await send({"type": "http.response.body", "body": dumps({"error": error})})
