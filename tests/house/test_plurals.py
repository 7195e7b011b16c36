"""Polish has four plural forms; a Turkish noun stays singular after a number."""

import pytest
from django.utils import translation
from django.utils.translation import ngettext


@pytest.mark.parametrize(
    ("language", "n", "text"),
    [
        ("en", 1, "1 article"),
        ("en", 2, "2 articles"),
        ("tr", 1, "1 makale"),
        ("tr", 5, "5 makale"),
        ("pl", 1, "1 artykuł"),
        ("pl", 2, "2 artykuły"),
        ("pl", 5, "5 artykułów"),
        ("pl", 12, "12 artykułów"),
        ("pl", 21, "21 artykułów"),
        ("pl", 22, "22 artykuły"),
        ("pl", 112, "112 artykułów"),
    ],
)
def test_number_and_noun_agree(language: str, n: int, text: str) -> None:
    with translation.override(language):
        assert ngettext("%(n)s article", "%(n)s articles", n) % {"n": n} == text
