"""An article's text becomes HTML that cannot hurt a reader."""

import re

import pytest

from faq.domain import markdown
from faq.domain.slugs import make_slug


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        "![x](javascript:alert(1))",
        "<a href='data:text/html,x'>x</a>",
    ],
)
def test_nothing_active_survives(body: str) -> None:
    html = markdown.render(body)
    assert not re.search(r"<script|<[^>]+(onerror|javascript:|data:)", html)


def test_sections_have_anchors_that_the_outline_names() -> None:
    body = "# First\n\ntext\n\n## Öğe\n\n## Öğe\n\n### Small"
    html = markdown.render(body)
    outline = markdown.outline(body)
    assert [heading.anchor for heading in outline] == ["s-first", "s-oge", "s-oge-2"]
    assert [heading.text for heading in outline] == ["First", "Öğe", "Öğe"]
    for heading in outline:
        assert f'<h2 id="{heading.anchor}">' in html
    assert "<h1" not in html


def test_tables_keep_their_heads() -> None:
    assert '<th scope="col">a</th>' in markdown.render("| a |\n| --- |\n| b |")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Siparişim nerede?", "siparisim-nerede"),
        ("Iğdır ışığı", "igdir-isigi"),
        ("Gdzie jest moja żółta łódź?", "gdzie-jest-moja-zolta-lodz"),
        ("???", "article"),
    ],
)
def test_addresses_are_readable(title: str, slug: str) -> None:
    assert make_slug(title) == slug
