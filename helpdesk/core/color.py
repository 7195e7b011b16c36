"""A company's brand colour: which ink stands on it, and how it may be used as text.

Pure arithmetic of WCAG 2.2 contrast and of OKLCH lightness.
"""

from collections.abc import Iterator
from math import cbrt

LIGHT_SURFACE = "#ffffff"
DARK_SURFACE = "#181715"
WANTED = 4.5
STEP = 0.02

Triple = tuple[float, float, float]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def ink_on(brand: str) -> str:
    """Black or white, whichever contrasts more; the better of the two is always over 4.5."""
    return max(("#ffffff", "#000000"), key=lambda ink: contrast(brand, ink))


def text_in(brand: str, surface: str) -> str:
    """The brand colour, darkened or lightened until it can be read on `surface`."""
    return next(color for color in _towards(brand, surface) if contrast(color, surface) >= WANTED)


def _towards(brand: str, surface: str) -> Iterator[str]:
    """The colour itself, then ever further from the surface's lightness, at last black or white."""
    lightness, a, b = _to_oklab(_linear(brand))
    darker = _luminance(surface) > 0.5
    yield brand.lower()
    while 0 < lightness < 1:
        lightness += -STEP if darker else STEP
        yield _to_hex(_from_oklab((lightness, a, b)))
    yield "#000000" if darker else "#ffffff"


def _linear(color: str) -> Triple:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _decode(red), _decode(green), _decode(blue)


def _decode(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encode(channel: float) -> int:
    channel = min(1.0, max(0.0, channel))
    value = 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
    return round(value * 255)


def _to_hex(linear: Triple) -> str:
    return "#" + "".join(f"{_encode(channel):02x}" for channel in linear)


def _luminance(color: str) -> float:
    red, green, blue = _linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _to_oklab(rgb: Triple) -> Triple:
    red, green, blue = rgb
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(lab: Triple) -> Triple:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
