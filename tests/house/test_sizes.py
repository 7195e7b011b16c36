"""Small files: what does not fit has a second subject."""

from pathlib import Path

import pytest

from tests.house.tree import APPS, name_of, python_files

LIMIT = 400
CONSUMER_LIMIT = 150


def files() -> list[Path]:
    return [path for path in python_files(*APPS, "tests") if "migrations" not in path.parts]


def limit_of(path: Path) -> int:
    thin = "consumers" in path.parts or path.stem == "consumers"
    return CONSUMER_LIMIT if thin and "tests" not in path.parts else LIMIT


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_file_is_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= limit_of(path)
