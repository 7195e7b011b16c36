"""A shop's address as a browser says it, out of whatever a manager pastes."""

import pytest

from helpdesk.core.errors import Invalid
from tickets.actions.inboxes import clean_origin


@pytest.mark.parametrize(
    ("pasted", "origin"),
    [
        (" https://Shop.Example/lamps?x=1 ", "https://shop.example"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("https://[::1]:8443/", "https://[::1]:8443"),
        ("https://çiçek.example", "https://xn--iek-1lab.example"),
        ("https://żarówki.example", "https://xn--arwki-1ta07g.example"),
    ],
)
def test_what_is_meant(pasted: str, origin: str) -> None:
    assert clean_origin(pasted) == origin


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "shop.example",
        "ftp://shop.example",
        "https://user@shop.example",
        "https://shop.example:port",
        "https://shop.example;report-uri",
        "https://shop example",
        "https://" + "a" * 70 + ".example",
        "javascript:alert(1)",
    ],
)
def test_what_is_none(pasted: str) -> None:
    with pytest.raises(Invalid):
        clean_origin(pasted)
