"""A page that somebody named is fetched, and nothing that only we could reach."""

import gzip
import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from helpdesk.core import fetch
from helpdesk.core.addresses import Reach, reach_of
from helpdesk.core.fetch import FetchError, Page, Why, fetch_page, judged_addresses, read_address
from helpdesk.devstack import processes
from tests.support.pages import OK, Server, page
from tests.support.tls import certificate

CORPUS = Path("/work/shared/corpora/dev/ssrf_hosts/expected.json")


def moved(to: str, status: int = 302) -> bytes:
    return f"HTTP/1.1 {status} Moved\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


def why(address: str) -> Why:
    with pytest.raises(FetchError) as refused:
        fetch_page(address)
    return refused.value.why


# ---- which addresses ----


@pytest.mark.parametrize(
    ("address", "reach"),
    [
        ("8.8.8.8", Reach.PUBLIC),
        ("2606:4700:4700::1111", Reach.PUBLIC),
        ("64:ff9b::808:808", Reach.PUBLIC),
        ("127.0.0.1", Reach.PRIVATE),
        ("127.255.255.254", Reach.PRIVATE),
        ("10.1.2.3", Reach.PRIVATE),
        ("172.31.255.255", Reach.PRIVATE),
        ("172.32.0.1", Reach.PUBLIC),
        ("192.168.0.1", Reach.PRIVATE),
        ("100.64.0.1", Reach.PRIVATE),
        ("::1", Reach.PRIVATE),
        ("fd12::1", Reach.PRIVATE),
        ("::ffff:10.0.0.1", Reach.PRIVATE),
        ("64:ff9b::7f00:1", Reach.PRIVATE),
        ("0.1.2.3", Reach.NEVER),
        ("169.254.169.254", Reach.NEVER),
        ("::ffff:169.254.169.254", Reach.NEVER),
        ("64:ff9b::a9fe:a9fe", Reach.NEVER),
        ("64:ff9b:1::1", Reach.NEVER),
        ("168.63.129.16", Reach.NEVER),
        ("100.100.100.200", Reach.NEVER),
        ("fd00:ec2::254", Reach.NEVER),
        ("192.0.2.1", Reach.NEVER),
        ("224.0.0.1", Reach.NEVER),
        ("255.255.255.255", Reach.NEVER),
        ("::", Reach.NEVER),
        ("::7f00:1", Reach.NEVER),
        ("fe80::1%eth0", Reach.NEVER),
        ("ff02::1", Reach.NEVER),
        ("2002:7f00:1::", Reach.NEVER),
        ("2001:0:7f00:1::", Reach.NEVER),
        ("2001:db8::1", Reach.NEVER),
        ("4000::1", Reach.NEVER),
    ],
)
def test_each_address_has_its_reach(address: str, reach: Reach) -> None:
    assert reach_of(address) == reach


@pytest.mark.parametrize(
    "host",
    [
        *("127.1", "0x7f.1", "017700000001", "2130706433", "localhost", "0", "[::1]"),
        *("[::ffff:7f00:1]", "10.0.0.1", "169.254.169.254", "0251.0376.0251.0376"),
    ],
)
def test_no_spelling_of_an_inner_address_gets_through(host: str) -> None:
    with pytest.raises(FetchError) as refused:
        judged_addresses(host, 443)
    assert refused.value.why in {Why.PRIVATE, Why.UNKNOWN_HOST}


def test_hosts_that_nobody_of_us_chose() -> None:
    if not CORPUS.exists():
        pytest.skip(f"the collection of hostile host names is not here: {CORPUS}")
    cases = json.loads(CORPUS.read_text())["cases"]
    wrong = [case["input"] for case in cases if allows(case["input"]) != case["expect"]["allowed"]]
    assert not wrong


def allows(host: str) -> bool:
    """A name that cannot be resolved here is not refused for what it is."""
    try:
        judged_addresses(host, 443)
    except FetchError as error:
        return error.why == Why.UNKNOWN_HOST
    return True


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("ftp://shop.example/", Why.ADDRESS),
        ("file:///etc/passwd", Why.ADDRESS),
        ("https://user:secret@shop.example/", Why.ADDRESS),
        ("https://shop.example\\@127.0.0.1/", Why.ADDRESS),
        ("https://127.0.0.1%00.shop.example/", Why.ADDRESS),
        ("https://shop .example/", Why.ADDRESS),
        ("http://[::1", Why.ADDRESS),
        ("", Why.ADDRESS),
        ("https://shop.example/" + "a" * 2000, Why.ADDRESS),
        ("http://shop.example:6379/", Why.PORT),
        ("http://127.0.0.1:80/", Why.PRIVATE),
        ("http://169.254.169.254/latest/meta-data/", Why.PRIVATE),
        ("no-such-host.invalid", Why.UNKNOWN_HOST),
    ],
)
def test_what_is_never_fetched(address: str, expected: Why) -> None:
    assert why(address) == expected


def test_an_address_as_people_type_it() -> None:
    assert str(read_address(" shop.example/lamps#top ")) == "https://shop.example/lamps"


def test_our_own_origin_only_where_the_demo_shop_stands(settings: Settings) -> None:
    settings.PUBLIC_URL = "http://localhost:8123"
    assert why("http://localhost:8123/demo/") == Why.PORT
    settings.DEBUG = True
    assert why("http://localhost:8123/demo/") == Why.NO_CONNECTION
    assert why("http://localhost:8124/") == Why.PORT
    assert why("http://127.0.0.1:8123/") == Why.PORT


def test_private_networks_by_the_operators_leave_and_metadata_never(
    settings: Settings,
) -> None:
    settings.FETCH_PRIVATE_NETWORKS = True
    assert judged_addresses("10.0.0.1", 8080) == ["10.0.0.1"]
    assert why("http://169.254.169.254/") == Why.PRIVATE


# ---- what comes back ----


def test_a_page_with_its_headers(serve: Callable[..., Server]) -> None:
    server = serve(page(more=b"X-One: 1\r\nx-one: 2\r\n"))
    found = fetch_page(server.url("/lamps?a=1"))
    assert (found.status, found.text, found.all_of("x-one")) == (200, "<p>Lamps</p>", ["1", "2"])
    asked = server.asked[0].decode()
    assert asked.startswith("GET /lamps?a=1 HTTP/1.1\r\n")
    assert f"Host: 127.0.0.1:{server.port}" in asked
    assert "Helpdesk (+" in asked
    assert "cookie" not in asked.lower()


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        ("text/html; charset=iso-8859-9", "İş".encode("iso-8859-9"), "İş"),
        ("text/html", '<meta charset="windows-1250">Żółw'.encode("cp1250"), "Żółw"),
        ("text/html; charset=no-such", "Żółw".encode(), "Żółw"),
        ("text/html; charset=idna", "Żółw".encode(), "Żółw"),
        ("application/xhtml+xml", b"<p/>", "<p/>"),
    ],
)
def test_every_charset(serve: Callable[..., Server], kind: str, body: bytes, text: str) -> None:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    assert fetch_page(serve(answer).url()).text.endswith(text)


def test_redirects_are_followed_and_cookies_not_kept(serve: Callable[..., Server]) -> None:
    cookie = moved("/two").replace(b"Location", b"Set-Cookie: a=b\r\nLocation")
    server = serve(cookie, moved("three", 308), page())
    assert fetch_page(server.url("/one/")).url == server.url("/three")
    assert b"Cookie" not in server.asked[1]


def test_redirects_end(serve: Callable[..., Server]) -> None:
    assert why(serve(*[moved("/")] * 7).url()) == Why.REDIRECTS


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("http://169.254.169.254/", Why.PRIVATE),
        ("file:///etc/passwd", Why.ADDRESS),
        ("//user:pass@shop.example/", Why.ADDRESS),
        ("http://[", Why.ADDRESS),
    ],
)
def test_each_redirect_is_judged_anew(serve: Callable[..., Server], to: str, expected: Why) -> None:
    assert why(serve(moved(to)).url()) == expected


def test_it_connects_to_the_address_that_it_judged(
    serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second answer of a name server that changes its mind is never asked for."""
    server, asked, real = serve(page()), list[str](), socket.getaddrinfo

    def resolve(host: str, port: int, *rest: Any, **more: Any) -> list[Any]:
        if host[0].isdigit():
            return real(host, port, *rest, **more)
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "169.254.169.254"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(fetch.socket, "getaddrinfo", resolve)
    found = fetch_page(server.url(host="rebind.example"))
    assert isinstance(found, Page)
    assert asked == ["rebind.example"]
    assert f"Host: rebind.example:{server.port}" in server.asked[0].decode()


def test_an_error_page_is_a_page(serve: Callable[..., Server]) -> None:
    answer = b"HTTP/1.1 503 Down\r\nContent-Type: application/json\r\n\r\n{}"
    found = fetch_page(serve(answer).url())
    assert (found.status, found.text) == (503, "")


def test_only_html(serve: Callable[..., Server]) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n%PDF"
    assert why(serve(answer).url()) == Why.NOT_HTML


def test_no_more_than_it_can_hold(serve: Callable[..., Server]) -> None:
    big = b" " * (fetch.SIZE + 1)
    assert why(serve(page(big)).url()) == Why.TOO_BIG
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert why(serve(page(bomb, more=b"Content-Encoding: gzip\r\n")).url()) == Why.TOO_BIG


def test_packed_pages(serve: Callable[..., Server]) -> None:
    packed = page(gzip.compress(b"<p>Oak</p>"), more=b"Content-Encoding: gzip\r\n")
    assert fetch_page(serve(packed).url()).text == "<p>Oak</p>"
    assert why(serve(page(b"no gzip", more=b"Content-Encoding: gzip\r\n")).url()) == Why.BROKEN
    assert why(serve(page(more=b"Content-Encoding: br\r\n")).url()) == Why.BROKEN


def test_slow_answers_end(serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that says a little again and again is no quicker for it."""
    monkeypatch.setattr(fetch, "SECONDS", 0.5)

    def drip(client: socket.socket) -> None:
        client.settimeout(0.05)
        client.sendall(OK)
        while True:
            client.sendall(b"X-A: b\r\n")
            try:
                if not client.recv(1):
                    return
            except TimeoutError:
                continue

    assert why(serve(drip).url()) == Why.TIMEOUT


def test_no_answer_at_all(serve: Callable[..., Server]) -> None:
    assert why(serve(b"220 smtp.example ESMTP\r\n").url()) == Why.BROKEN
    assert why(f"http://127.0.0.1:{processes.free_port()}/") == Why.NO_CONNECTION


def test_certificates_are_checked(serve: Callable[..., Server], tmp_path: Path) -> None:
    server = serve(page(), tls=certificate(tmp_path, "shop.example"))
    assert why(server.url(host="localhost")) == Why.CERTIFICATE
    plain = serve(page())
    assert why(plain.url(host="localhost").replace("http:", "https:")) == Why.TLS
