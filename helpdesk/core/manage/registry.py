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


_pages: dict[str, Page] = {}


def register(page: Page) -> None:
    _pages[page.slug] = page


def pages() -> list[Page]:
    return sorted(_pages.values(), key=lambda page: page.position)
