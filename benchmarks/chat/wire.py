"""A WebSocket client that does only what a load generator needs, as cheaply as Python can.

Text frames out (masked), text frames in, pings answered. No fragments, no extensions.
"""

import asyncio
import base64
import os
from collections.abc import Callable
from functools import lru_cache
from typing import cast

TEXT, CLOSE, PING, PONG = 0x81, 0x88, 0x89, 0x8A
SHORT, MEDIUM, LONG = 125, 126, 127
MASK = os.urandom(4)


class HandshakeError(ConnectionError):
    """The server answered with something other than 101."""


@lru_cache(maxsize=4096)
def _mask_for(length: int) -> int:
    return int.from_bytes((MASK * (length // 4 + 1))[:length], "little")


def encode_frame(payload: bytes, opcode: int = TEXT) -> bytes:
    length = len(payload)
    if length <= SHORT:
        head = bytes((opcode, 0x80 | length))
    else:
        head = bytes((opcode, 0x80 | MEDIUM)) + length.to_bytes(2, "big")
    masked = int.from_bytes(payload, "little") ^ _mask_for(length)
    return head + MASK + masked.to_bytes(length, "little")


class WebSocketClient(asyncio.Protocol):
    """One connection. `on_text` gets each text frame, `on_close` the close code (0 without one)."""

    __slots__ = ("_rest", "_transport", "handshake", "is_open", "on_close", "on_text", "request")

    def __init__(
        self, request: bytes, on_text: Callable[[bytes], None], on_close: Callable[[int], None]
    ) -> None:
        self.request = request
        self.on_text = on_text
        self.on_close = on_close
        self.is_open = False
        self.handshake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._rest = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(self.request)

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail_handshake(str(exc or "closed"))
        self._closed(0)

    def data_received(self, data: bytes) -> None:
        if self._rest:
            data = self._rest + data
        self._rest = self._read_frames(data) if self.is_open else self._read_handshake(data)

    def send(self, payload: bytes) -> None:
        if self._transport is not None and self.is_open:
            self._transport.write(encode_frame(payload))

    def close(self) -> None:
        """Leave without a farewell, as a browser does whose network is gone."""
        self.is_open = False
        if self._transport is not None:
            self._transport.abort()

    def _read_handshake(self, data: bytes) -> bytes:
        head, found, rest = data.partition(b"\r\n\r\n")
        if not found:
            return data
        status = head.split(b"\r\n", 1)[0]
        if b" 101 " not in status + b" ":
            self._fail_handshake(status.decode("latin-1"))
            self.close()
            return b""
        self.is_open = True
        self.handshake.set_result(None)
        return self._read_frames(rest)

    def _read_frames(self, data: bytes) -> bytes:
        position, end = 0, len(data)
        while end - position >= 2:
            length, start = data[position + 1], position + 2
            if length == MEDIUM:
                length, start = int.from_bytes(data[start : start + 2], "big"), start + 2
            elif length == LONG:
                length, start = int.from_bytes(data[start : start + 8], "big"), start + 8
            if start + length > end:
                break
            opcode, position = data[position], start + length
            payload = data[start:position]
            if opcode == TEXT:
                self.on_text(payload)
            else:
                self._control(opcode, payload)
        return data[position:] if position < end else b""

    def _control(self, opcode: int, payload: bytes) -> None:
        if opcode == PING and self._transport is not None:
            self._transport.write(encode_frame(payload, PONG))
        elif opcode == CLOSE:
            self._closed(int.from_bytes(payload[:2], "big"))
            self.close()

    def _fail_handshake(self, reason: str) -> None:
        if not self.handshake.done():
            self.handshake.set_exception(HandshakeError(reason))

    def _closed(self, code: int) -> None:
        if self.is_open:
            self.is_open = False
            self.on_close(code)


def build_request(port: int, path: str, headers: dict[str, str]) -> bytes:
    lines = {
        "Host": f"127.0.0.1:{port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        "Sec-WebSocket-Version": "13",
        "Origin": f"http://127.0.0.1:{port}",
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"GET {path} HTTP/1.1\r\n{head}\r\n".encode()


async def connect(
    port: int,
    path: str,
    headers: dict[str, str],
    on_text: Callable[[bytes], None],
    on_close: Callable[[int], None],
) -> WebSocketClient:
    request = build_request(port, path, headers)
    _, client = await asyncio.get_running_loop().create_connection(
        lambda: WebSocketClient(request, on_text, on_close), "127.0.0.1", port
    )
    await client.handshake
    return client
