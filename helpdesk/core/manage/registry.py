"""Which pages the managers' area has; apps register theirs in `ready()`."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import URLPattern
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Page:
    """Mounted at /manage/<slug>/; the first pattern of `urls` must be named `<slug>`."""

    slug: str
    label: Promise
    icon: str
    position: int
    urls: Sequence[URLPattern]


@dataclass(frozen=True, slots=True)
class Tab:
    """One of several pages about one thing; the first pattern of `urls` gets the thing's `pk`. All
    are mounted at /manage/<slug of the page>/, so that an upper app can add to a lower one's."""

    label: Promise
    position: int
    urls: Sequence[URLPattern]

    @property
    def name(self) -> str:
        return f"manage:{self.urls[0].name}"


_pages: dict[str, Page] = {}
_tabs: dict[str, list[Tab]] = {}


def register(page: Page) -> None:
    _pages[page.slug] = page


def pages() -> list[Page]:
    return sorted(_pages.values(), key=lambda page: page.position)


def register_tab(slug: str, tab: Tab) -> None:
    _tabs.setdefault(slug, []).append(tab)


def tabs(slug: str) -> list[Tab]:
    """Those of the things that the page lists."""
    return sorted(_tabs.get(slug, []), key=lambda tab: tab.position)
