"""Where a mail leads back to: the page the visitor was on, if it is the company's own."""

from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from chat.queries.presence import last_page
from tickets.models import Inbox

OPENS_CHAT = "chat"  # as the loader knows it: see docs/widget.md


def page_link(inbox: Inbox, identity: UUID) -> str:
    """A page says itself where it is, and anybody may pretend to be one: only sites that the inbox
    names are believed, and only their paths, since a query may hold what is nobody else's business.
    Else the chat's own page."""
    seen = last_page(identity) or {}
    try:
        parts = urlsplit(seen.get("url", ""))
    except ValueError:
        parts = urlsplit("")
    if f"{parts.scheme}://{parts.netloc}" in inbox.allowed_origins:
        return urlunsplit((parts.scheme, parts.netloc, parts.path, "", OPENS_CHAT))
    return settings.PUBLIC_URL + reverse("chat-page", args=[inbox.public_id])
