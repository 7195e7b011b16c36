"""What may be stored of a text somebody sends."""

from django.conf import settings

from helpdesk.core.errors import Invalid, TooLong
from helpdesk.core.text import clean

# Read once: Django's lazy settings would cost more than all the rest.
BODY_LIMIT = settings.ENV.chat_body_limit


def clean_body(body: str, *, is_alone: bool = True) -> str:
    """What may be stored of a body. Raises TooLong, or Invalid when nothing is left of it; beside
    files or an article (`is_alone` False) there need not be words."""
    if len(body) > BODY_LIMIT:
        raise TooLong
    body = clean(body)
    if is_alone and not body:
        raise Invalid
    return body
