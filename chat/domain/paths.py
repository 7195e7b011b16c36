"""Patterns of addresses, as managers write them and as browsers see them."""

from urllib.parse import quote, quote_plus

# What browsers leave as it is in a path; the star is ours.
_AS_THEY_ARE = "/*%:@!$&'()+,;=[]"


def as_browsers_have(pattern: str) -> str:
    """A pattern such as `/ödeme*` in the letters of `location.pathname`."""
    return quote(pattern, safe=_AS_THEY_ARE)


def in_address(part: str) -> str:
    """A part of a whole address, in small letters; a question mark begins its query."""
    return quote(part, safe=f"{_AS_THEY_ARE}?").lower()


def in_query(value: str) -> str:
    """A value as it stands in a query's plain form (`URLSearchParams`), in small letters."""
    return quote_plus(value, safe="*").replace("~", "%7E").lower()
