"""Fetches a page that a person named, and nothing that only we could reach.

Somebody who may type an address must not read our database, our neighbours or the machine's
metadata through us (SSRF). A name is resolved by ourselves, each of its addresses is judged, and
the connection goes to one that was judged, so that a second answer of the name server changes
nothing (DNS rebinding); each redirect is a new address that is judged anew. One deadline holds for
all of it, whatever a slow server does.
"""

import re
import socket
import ssl
import time
import zlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import httpcore2
import httpx2
from django.conf import settings

from helpdesk.core.addresses import Reach, reach_of

SECONDS = 10
REDIRECTS = 5
SIZE = 2 * 1024 * 1024
LENGTH = 2000
PORTS = {"http": 80, "https": 443}
HTML = {"text/html", "application/xhtml+xml"}
_HOST = re.compile(r"[A-Za-z0-9._:-]{1,253}")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_resolvers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="resolve")


class Why(StrEnum):
    """Why there is no page."""

    ADDRESS = "address"  # it is none, or holds a password
    PORT = "port"
    UNKNOWN_HOST = "unknown_host"
    PRIVATE = "private"
    NO_CONNECTION = "no_connection"
    TIMEOUT = "timeout"
    CERTIFICATE = "certificate"
    TLS = "tls"
    BROKEN = "broken"
    REDIRECTS = "redirects"
    TOO_BIG = "too_big"
    NOT_HTML = "not_html"


class FetchError(Exception):
    """`detail` is what the other side said, for those who understand it; `url` is where it was."""

    def __init__(self, why: Why, detail: str = "", url: str = "") -> None:
        super().__init__(f"{why} {detail} {url}")
        self.why, self.detail, self.url = why, detail[:200], url


@dataclass(frozen=True, slots=True)
class Page:
    """`url` is where the redirects ended; `headers` are lower-case names with their values, in
    order; `text` is empty for an error that is no HTML."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    text: str

    def all_of(self, header: str) -> list[str]:
        return [value for name, value in self.headers if name == header]


def fetch_page(address: str) -> Page:
    """The HTML at an address as people type it. Raises FetchError."""
    until = time.monotonic() + SECONDS
    url = read_address(address)
    for _ in range(REDIRECTS + 1):
        answer = _get(url, until)
        if isinstance(answer, Page):
            return answer
        url = answer
    raise FetchError(Why.REDIRECTS, url=str(url))


def read_address(address: str) -> httpx2.URL:
    """`shop.example` means `https://shop.example/`. Raises FetchError for what we never fetch."""
    text = address.strip()
    if not _SCHEME.match(text):
        text = f"https://{text}"
    try:
        return _fit(httpx2.URL(text))
    except httpx2.InvalidURL as error:
        raise FetchError(Why.ADDRESS, str(error)) from error


def _fit(url: httpx2.URL) -> httpx2.URL:
    """Raises FetchError for what we never fetch, wherever it came from."""
    host = url.raw_host.decode("latin-1")
    is_web = url.scheme in PORTS and _HOST.fullmatch(host) and not url.userinfo
    if not is_web or len(str(url)) > LENGTH:
        raise FetchError(Why.ADDRESS, str(url)[:100])
    may_be_any = settings.FETCH_PRIVATE_NETWORKS or _is_ours(host, _port(url))
    if not may_be_any and _port(url) not in PORTS.values():
        raise FetchError(Why.PORT, str(url.port), str(url))
    return url.copy_with(fragment=None)


def judged_addresses(host: str, port: int, *, seconds: float = SECONDS) -> list[str]:
    """The addresses of a host; all of them may be connected to. Raises FetchError: unknown, or one
    of them is not for us."""
    job = _resolvers.submit(socket.getaddrinfo, host.strip("[]"), port, type=socket.SOCK_STREAM)
    try:
        found = job.result(timeout=seconds)
    except TookTooLong as error:
        raise FetchError(Why.TIMEOUT) from error
    except (OSError, UnicodeError) as error:
        raise FetchError(Why.UNKNOWN_HOST, host) from error
    addresses = [str(info[4][0]) for info in found]
    reaches = {reach_of(address) for address in addresses}
    allowed = {Reach.PUBLIC}
    if settings.FETCH_PRIVATE_NETWORKS or _is_ours(host, port):
        allowed.add(Reach.PRIVATE)
    if not reaches <= allowed:
        raise FetchError(Why.PRIVATE, host)
    return list(dict.fromkeys(addresses))


def _is_ours(host: str, port: int) -> bool:
    """The demo shop stands on our own origin, on whichever port that is."""
    if not (settings.DEBUG or settings.ENV.demo):
        return False
    own = httpx2.URL(settings.PUBLIC_URL)
    return (host, port) == (own.raw_host.decode(), _port(own))


def _port(url: httpx2.URL) -> int:
    return url.port if url.port is not None else PORTS[url.scheme]


def _get(url: httpx2.URL, until: float) -> Page | httpx2.URL:
    """One request; the page, or where it is said to be."""
    try:
        with (
            httpcore2.ConnectionPool(
                ssl_context=httpx2.create_ssl_context(), network_backend=_Network(until)
            ) as pool,
            pool.stream("GET", str(url), headers=_headers()) as response,
        ):
            return _read(url, response, until)
    except httpcore2.TimeoutException as error:
        raise FetchError(Why.TIMEOUT, url=str(url)) from error
    except httpcore2.ConnectError as error:
        raise FetchError(*_refusal(error), url=str(url)) from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise FetchError(Why.BROKEN, str(error), str(url)) from error
    except FetchError as error:
        error.url = error.url or str(url)
        raise


def _headers() -> list[tuple[str, str]]:
    return [
        ("User-Agent", f"Helpdesk (+{settings.PUBLIC_URL}; a person asked us to look)"),
        ("Accept", "text/html,application/xhtml+xml"),
        ("Accept-Encoding", "gzip, identity"),
        ("Connection", "close"),
    ]


def _refusal(error: httpcore2.ConnectError) -> tuple[Why, str]:
    cause = error.__cause__ or error.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Why.CERTIFICATE, cause.verify_message
    if isinstance(cause, ssl.SSLError):
        return Why.TLS, cause.reason or ""
    return Why.NO_CONNECTION, str(error)


def _read(url: httpx2.URL, response: httpcore2.Response, until: float) -> Page | httpx2.URL:
    headers = tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1"))
        for name, value in response.headers
    )
    page = Page(str(url), response.status, headers, "")
    if response.status in {301, 302, 303, 307, 308} and page.all_of("location"):
        return _followed(url, page.all_of("location")[0])
    kind = page.all_of("content-type")[:1] or [""]
    if kind[0].partition(";")[0].strip().lower() not in HTML:
        if response.status >= 400:
            return page
        raise FetchError(Why.NOT_HTML, kind[0])
    body = _body(response, page.all_of("content-encoding"))
    return Page(page.url, page.status, headers, _text(body, kind[0]))


def _followed(url: httpx2.URL, location: str) -> httpx2.URL:
    try:
        return _fit(url.join(location))
    except httpx2.InvalidURL as error:
        raise FetchError(Why.ADDRESS, location) from error


def _body(response: httpcore2.Response, encodings: list[str]) -> bytes:
    """Unpacked as it comes, so that a small bomb stays small."""
    encoding = ",".join(encodings).strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise FetchError(Why.BROKEN, f"content-encoding: {encoding}")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    body, came = bytearray(), 0
    for chunk in response.iter_stream():
        came += len(chunk)
        try:
            body += unpack.decompress(chunk, SIZE + 1 - len(body)) if unpack else chunk
        except zlib.error as error:
            raise FetchError(Why.BROKEN, str(error)) from error
        if max(came, len(body)) > SIZE:
            raise FetchError(Why.TOO_BIG)
    return bytes(body)


def _text(body: bytes, kind: str) -> str:
    said = re.search(r"charset\s*=\s*[\"']?([\w-]+)", kind, re.IGNORECASE)
    meta = _META_CHARSET.search(body[:2048])
    charset = said[1] if said else meta[1].decode() if meta else "utf-8"
    try:
        return body.decode(charset, errors="replace")
    except (LookupError, UnicodeError):  # unknown, or an encoding of names rather than of texts
        return body.decode(errors="replace")


class _Network(httpcore2.NetworkBackend):
    """Connects to addresses that were judged, and to nothing else; ends at one deadline."""

    def __init__(self, until: float) -> None:
        self.until, self.sockets = until, httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        addresses = judged_addresses(host, port, seconds=_left(self.until))
        for address in addresses[:-1]:
            try:
                return self._connect(address, port, socket_options)
            except httpcore2.ConnectError:
                continue  # such as IPv6 where there is none
        return self._connect(addresses[-1], port, socket_options)

    def _connect(self, address: str, port: int, options: Any) -> "_Timed":
        left = _left(self.until)
        stream = self.sockets.connect_tcp(address, port, left, socket_options=options or [])
        return _Timed(stream, self.until)


class _Timed(httpcore2.NetworkStream):
    """A stream whose every step has only what is left of the time for all of them."""

    def __init__(self, stream: httpcore2.NetworkStream, until: float) -> None:
        self.stream, self.until = stream, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, _left(self.until))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, _left(self.until))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> "_Timed":
        stream = self.stream.start_tls(ssl_context, server_hostname, _left(self.until))
        return _Timed(stream, self.until)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout
    return left
