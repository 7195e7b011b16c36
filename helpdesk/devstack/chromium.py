"""Finds a Chromium on this machine for the browser tests."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
)
MAC_APPS = ("Google Chrome", "Chromium", "Microsoft Edge")


def find_chromium() -> Path | None:
    """The one that CHROMIUM_PATH names, Playwright's own, or the machine's."""
    named = os.environ.get("CHROMIUM_PATH")
    if named:
        return Path(named)
    return next((path for path in _candidates() if os.access(path, os.X_OK)), None)


def _candidates() -> Iterator[Path]:
    yield from _installed_by_playwright()
    yield from (Path(found) for name in COMMANDS if (found := shutil.which(name)))
    yield from (Path(f"/Applications/{app}.app/Contents/MacOS/{app}") for app in MAC_APPS)


def _installed_by_playwright() -> Iterator[Path]:
    caches = "Library/Caches" if sys.platform == "darwin" else ".cache"
    folder = Path(
        os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / caches / "ms-playwright"
    )
    for pattern in ("chrome-linux*/chrome", "chrome-mac*/Chromium.app/Contents/MacOS/Chromium"):
        yield from sorted(folder.glob(f"chromium-*/{pattern}"), reverse=True)
