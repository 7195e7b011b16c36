"""Readable addresses from titles, with the letters that NFKD does not take apart."""

import re
import unicodedata

LENGTH = 80
_LETTERS = str.maketrans({"ı": "i", "İ": "i", "ł": "l", "Ł": "l", "ø": "o", "ß": "ss", "æ": "ae"})


def make_slug(text: str, otherwise: str = "article") -> str:
    """ASCII, lower case, words joined by dashes; `otherwise` when nothing is left."""
    plain = (
        unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode()
    )
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return slug[:LENGTH].rstrip("-") or otherwise
