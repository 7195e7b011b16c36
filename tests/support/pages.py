"""A website on loopback that says what a test wants said."""

import socket
import ssl
from collections.abc import Callable
from threading import Thread

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
Answer = bytes | Callable[[socket.socket], None]


class Server:
    """Answers each connection with the next of its answers; `asked` is what it was sent."""

    def __init__(self, *answers: Answer, tls: ssl.SSLContext | None = None) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]
        self.answers, self.asked, self.tls = list(answers), list[bytes](), tls
        self.thread = Thread(target=self._serve, daemon=True)
        self.thread.start()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http{'s' if self.tls else ''}://{host}:{self.port}{path}"

    def close(self) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(5)

    def _serve(self) -> None:
        for answer in self.answers:
            try:
                client, _address = self.socket.accept()
                with (
                    client
                    if self.tls is None
                    else self.tls.wrap_socket(client, server_side=True) as stream
                ):
                    self.asked.append(stream.recv(10_000))
                    stream.sendall(answer) if isinstance(answer, bytes) else answer(stream)
            except OSError:
                continue


def page(body: bytes = b"<p>Lamps</p>", *, more: bytes = b"") -> bytes:
    return OK + more + b"\r\n" + body
