"""Who integrates reads docs/events.md: every event stands there, whichever way it travels."""

import importlib
import re

import pytest

from helpdesk.realtime.bus import Event
from tests.house.tree import ROOT, name_of, product_files

DOCUMENT = ROOT / "docs" / "events.md"
ON_THE_WIRE = re.compile(r'"type"\s*:\s*"([a-z]+\.[a-z_]+)"|type: Literal\["([a-z]+\.[a-z_]+)"\]')
# The server's own talk with the ASGI server.
NOT_OURS = ("websocket.", "http.", "lifespan.")


def domain_events() -> list[str]:
    names = []
    for path in product_files():
        if path.name == "events.py":
            module = importlib.import_module(name_of(path).removesuffix(".py").replace("/", "."))
            names += [n for n, c in vars(module).items() if isinstance(c, type) and is_event(c)]
    return names


def is_event(candidate: type) -> bool:
    return issubclass(candidate, Event) and candidate is not Event


def wire_events() -> set[str]:
    found = {
        one or other
        for path in product_files()
        for one, other in ON_THE_WIRE.findall(path.read_text())
    }
    return {name for name in found if not name.startswith(NOT_OURS)}


@pytest.mark.parametrize("name", domain_events())
def test_domain_event_is_documented(name: str) -> None:
    assert f"`{name}`" in DOCUMENT.read_text()


@pytest.mark.parametrize("name", sorted(wire_events()))
def test_wire_event_is_documented(name: str) -> None:
    assert f"`{name}`" in DOCUMENT.read_text()
