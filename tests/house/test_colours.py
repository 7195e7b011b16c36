"""A colour has a name, and its value stands in tokens.css alone: dark mode depends on it."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, name_of

# A colour derived `from` another one is as good as the name it comes from.
RAW = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\((?!from\b)", re.IGNORECASE
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def stylesheets() -> list[Path]:
    return sorted(
        path
        for path in (ROOT / "static").rglob("*.css")
        if path.name != "tokens.css" and "vendor" not in path.parts
    )


@pytest.mark.parametrize("path", stylesheets(), ids=name_of)
def test_stylesheet_uses_named_colours(path: Path) -> None:
    assert RAW.findall(COMMENT.sub("", path.read_text())) == []


@pytest.mark.parametrize(("style", "is_raw"), [("color: var(--ink)", 0), ("color: #fff", 1)])
def test_the_rule_sees_what_it_should(style: str, is_raw: int) -> None:
    assert len(RAW.findall(style)) == is_raw
