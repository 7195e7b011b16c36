"""What must hold on every screen; each check answers with what is wrong, in words."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from playwright.sync_api import Frame, Page

HERE = Path(__file__).parent
Check = Literal["axeFaults", "smallTargets", "sideways", "outOfReach", "movements"]
# 320 px; a laptop's window at 200 %; and the panel in that window.
CRAMPED = [(320, 640), (720, 450), (400, 330)]


def faults(screen: Page | Frame) -> list[str]:
    """Against accessibility: axe's rules, and targets that are hard to hit."""
    return [*_check(screen, "axeFaults"), *small_targets(screen)]


def small_targets(screen: Page | Frame) -> list[str]:
    """What is smaller than 24 by 24 pixels."""
    return _check(screen, "smallTargets")


def sideways(page: Page) -> list[str]:
    """Whether one has to scroll sideways at 320 px; the size is put back."""
    before = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    found = _check(page, "sideways")
    if before:
        page.set_viewport_size(before)
    return found


def cramped(page: Page) -> list[str]:
    """What is lost where there is little room: sideways, or out of reach. The last size stays."""
    found: list[str] = []
    for width, height in CRAMPED:
        page.set_viewport_size({"width": width, "height": height})
        lost = [*_check(page, "sideways"), *_check(page, "outOfReach")]
        found += [f"{width} x {height}: {each}" for each in lost]
    return found


def movements(screen: Page | Frame) -> list[str]:
    """What still moves for somebody who asked that nothing does."""
    return _check(screen, "movements")


def _check(screen: Page | Frame, name: Check) -> list[str]:
    if not screen.evaluate("() => 'checks' in window"):
        screen.evaluate(_sources())
    found: list[str] = screen.evaluate(f"() => checks.{name}()")
    return found


@lru_cache(maxsize=1)
def _sources() -> str:
    files = HERE / "vendor" / "axe.min.js", HERE / "checks.js"
    return "\n".join(file.read_text() for file in files)
