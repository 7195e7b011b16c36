"""Telephone numbers as people type them, and as the world dials them."""

from collections.abc import Iterable

import phonenumbers

# Where somebody who writes in a language most likely dials from.
REGION_OF_LANGUAGE = {"en": "GB", "pl": "PL", "tr": "TR"}
LENGTH = 32


def region_of(phone: str) -> str:
    """The country of a number that says its country; "" for one that does not."""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(phone, None)) or ""
    except phonenumbers.NumberParseException:
        return ""


def read_phone(text: str, regions: Iterable[str]) -> str:
    """The number in E.164, such as `+905321234567`; one without a country is read as the first of
    the regions reads it in which it is valid. Raises ValueError for what no telephone has."""
    if len(text) > LENGTH:
        raise ValueError("too long for a number")
    for region in (None, *regions):
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    raise ValueError("no telephone number")


def shown_phone(phone: str) -> str:
    """Grouped for a reader, such as `+90 532 123 45 67`; what is no number stays as it is."""
    try:
        number = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
