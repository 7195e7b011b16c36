"""Policies as shops write them, and whether they let us in."""

import pytest

from tickets.domain.csp import (
    Script,
    lets_connection,
    lets_frame,
    lets_module,
    lets_script,
    read_policies,
)

PAGE = "https://shop.example/lamps/"
LOADER = "https://help.example/widget/loader.js?i=1"
PANEL = "https://help.example/widget/1/panel.js"
FRAME = "https://help.example/widget/1/frame/"


@pytest.mark.parametrize(
    ("policy", "is_let_in"),
    [
        ("script-src https://help.example", True),
        ("script-src HTTPS://Help.Example", True),
        ("script-src help.example", True),
        ("script-src http://help.example", True),
        ("script-src http://help.example:80", True),
        ("script-src https://help.example:443", True),
        ("script-src https://help.example:*", True),
        ("script-src https://help.example:8443", False),
        ("script-src https://help.example:" + "4" * 5000, False),
        ("script-src *.example", True),
        ("script-src *.help.example", False),
        ("script-src *", True),
        ("script-src https:", True),
        ("script-src http:", True),
        ("script-src wss:", True),
        ("script-src data: blob: filesystem:", False),
        ("script-src 'self'", False),
        ("script-src 'none'", False),
        ("script-src", False),
        ("script-src 'unsafe-inline' 'unsafe-eval'", False),
        ("script-src https://help.example/widget/", True),
        ("script-src https://help.example/widget/loader.js", True),
        ("script-src https://help.example/widget", False),
        ("script-src https://help.example/static/", False),
        ("script-src https://help.example/%77idget/", True),
        ("script-src 'nonce-abc'", True),
        ("script-src 'nonce-ABC'", False),
        ("script-src 'sha256-xyz='", True),
        ("script-src 'sha256-other='", False),
        ("script-src 'strict-dynamic' https://help.example", False),
        ("script-src 'strict-dynamic' 'nonce-abc'", True),
        ("default-src 'self'", False),
        ("default-src 'self' https://help.example", True),
        ("default-src 'none'; script-src https://help.example", True),
        ("script-src 'none'; script-src-elem https://help.example", True),
        ("script-src https://help.example; script-src 'none'", True),
        ("img-src 'none'", True),
        ("sandbox allow-forms", False),
        ("sandbox allow-scripts", True),
        ("SCRIPT-SRC https://other.example", False),
    ],
)
def test_the_loader(policy: str, is_let_in: bool) -> None:
    script = Script(LOADER, nonce="abc", integrity="sha256-xyz=")
    assert lets_script(read_policies([policy])[0], script, PAGE) is is_let_in


@pytest.mark.parametrize(
    ("policy", "is_let_in"),
    [
        ("script-src https://help.example", True),
        ("script-src 'nonce-abc' 'strict-dynamic'", True),
        ("script-src 'nonce-abc'", False),
        ("script-src https://help.example/widget/loader.js", False),
        ("script-src 'nonce-other' 'strict-dynamic' https://help.example", False),
        ("img-src 'none'", True),
    ],
)
def test_what_the_loader_loads(policy: str, is_let_in: bool) -> None:
    script = Script(LOADER, nonce="abc")
    assert lets_module(read_policies([policy])[0], PANEL, script, PAGE) is is_let_in


@pytest.mark.parametrize(
    ("policy", "is_let_in"),
    [
        ("frame-src https://help.example", True),
        ("child-src https://help.example", True),
        ("child-src https://help.example; frame-src 'none'", False),
        ("default-src 'self'", False),
        ("default-src *; frame-src 'self'", False),
        ("script-src 'none'", True),
        ("frame-src 'strict-dynamic' https://help.example", True),
    ],
)
def test_the_frame(policy: str, is_let_in: bool) -> None:
    assert lets_frame(read_policies([policy])[0], FRAME, PAGE) is is_let_in


def test_connections() -> None:
    assert not lets_connection(read_policies(["connect-src 'self'"])[0], FRAME, PAGE)
    assert lets_connection(read_policies(["script-src 'self'"])[0], FRAME, PAGE)


@pytest.mark.parametrize(
    ("source", "url", "page", "fits"),
    [
        ("'self'", "https://shop.example/x", PAGE, True),
        ("'self'", "https://shop.example/x", "http://shop.example/", True),
        ("'self'", "http://shop.example/x", PAGE, False),
        ("'self'", "http://shop.example:8080/x", "http://shop.example:8080/", True),
        ("'self'", "http://shop.example:8081/x", "http://shop.example:8080/", False),
        ("help.example", "http://help.example/x", PAGE, False),
        ("help.example", "http://help.example/x", "http://shop.example/", True),
        ("localhost:8000", "http://localhost:8000/x", "http://localhost:3000/", True),
        ("localhost:*", "http://localhost:8000/x", "http://localhost:3000/", True),
        ("localhost", "http://localhost:8000/x", "http://localhost:3000/", False),
    ],
)
def test_sources(source: str, url: str, page: str, fits: bool) -> None:
    assert lets_frame(read_policies([f"frame-src {source}"])[0], url, page) is fits


def test_several_policies_hold_together() -> None:
    policies = read_policies(["script-src 'self', img-src *", "frame-src a.example;;", ""])
    assert [list(policy) for policy in policies] == [["script-src"], ["img-src"], ["frame-src"]]
