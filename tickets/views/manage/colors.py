"""How a brand colour comes out: what stands on it, and what it is as text in both themes."""

from typing import Any

from helpdesk.core.color import DARK_SURFACE, LIGHT_SURFACE, contrast, ink_on, text_in


def colors_of(brand: str) -> dict[str, Any]:
    ink = ink_on(brand)
    themes = [
        {"surface": surface, "text": text, "ratio": round(contrast(text, surface), 1)}
        for surface in (LIGHT_SURFACE, DARK_SURFACE)
        for text in [text_in(brand, surface)]
    ]
    return {
        "brand": brand,
        "ink": ink,
        "ink_ratio": round(contrast(brand, ink), 1),
        "themes": themes,
    }
