"""Whatever colour a company picks, what is written in it or on it can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.color import DARK_SURFACE, LIGHT_SURFACE, WANTED, contrast, ink_on, text_in

colors = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@given(colors)
def test_ink_on_any_brand_is_readable(brand: str) -> None:
    assert contrast(brand, ink_on(brand)) >= WANTED


@given(colors, st.sampled_from([LIGHT_SURFACE, DARK_SURFACE]))
def test_any_brand_as_text_is_readable(brand: str, surface: str) -> None:
    assert contrast(text_in(brand, surface), surface) >= WANTED


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#1a533e", "#ffffff", 8.9)]
)
def test_known_ratios(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.05)


def test_readable_brand_is_kept() -> None:
    assert text_in("#1A533E", LIGHT_SURFACE) == "#1a533e"
