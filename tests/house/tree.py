"""The files that the house rules speak of."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = ("helpdesk", "tickets", "chat", "faq", "surveys")


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def product_files() -> Iterator[Path]:
    """Our own Python without migrations."""
    return (path for path in python_files(*APPS) if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
