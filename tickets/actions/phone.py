"""A customer's telephone number, read the way his place and ours write numbers."""

from django.utils.translation import gettext as _

from helpdesk.core.errors import Invalid
from tickets.domain.phones import REGION_OF_LANGUAGE, read_phone, region_of
from tickets.models import Inbox


def clean_phone(text: str, inbox: Inbox, language: str) -> str:
    """In E.164. Raises Invalid with the field's name."""
    languages = [language, *inbox.languages]
    own = [REGION_OF_LANGUAGE[code] for code in languages if code in REGION_OF_LANGUAGE]
    regions = [region for region in (region_of(inbox.phone), *own) if region]
    try:
        return read_phone(text, dict.fromkeys(regions))
    except ValueError as error:
        message = _("Enter a phone number with its country, like +90 532 123 45 67.")
        raise Invalid(message, field="phone") from error
