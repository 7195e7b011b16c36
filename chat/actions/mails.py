"""How a conversation reads in a mail: plain words, and the same as simple HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from helpdesk.core.color import ink_on
from helpdesk.core.crypto import keys_for
from helpdesk.core.text import one_line
from tickets.domain.reply_address import reply_address
from tickets.models import AuthorKind, Inbox
from tickets.queries.bodies import MessageRow, first_name

REPLY_KEYS = b"helpdesk reply addresses"
# Nobody's holiday notice answers a mail that says so (RFC 3834; the second is Exchange's).
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around the messages; `link` is where the conversation goes on."""

    subject: str
    intro: str
    link: str
    link_text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A mail's place among those of its ticket; `before` is the mail that it follows, 0: none."""

    ticket: UUID
    seq: int
    before: int = 0

    def headers(self) -> dict[str, str]:
        headers = {"Message-ID": self._name(self.seq)}
        if self.before:
            headers["In-Reply-To"] = self._name(self.before)
            headers["References"] = f"{self._name(0)} {self._name(self.before)}"
        else:
            headers["References"] = self._name(0)
        return headers

    def _name(self, seq: int) -> str:
        return f"<{self.ticket}.{seq}@{mail_domain()}>"


def mail_domain() -> str:
    return settings.ENV.reply_domain or parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]


def language_of(*wanted: str) -> str:
    """The first of `wanted` that we speak."""
    known = dict(settings.LANGUAGES)
    return next((language for language in wanted if language in known), settings.LANGUAGE_CODE)


def zone_of(name: str) -> ZoneInfo:
    """The reader's, else the company's."""
    try:
        return ZoneInfo(name or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(settings.TIME_ZONE)


def conversation_mail(
    inbox: Inbox,
    to: str,
    messages: Sequence[MessageRow],
    words: Words,
    *,
    zone: ZoneInfo,
    headers: dict[str, str],
    reply_to: str = "",
) -> EmailMultiAlternatives:
    """In the language that is active."""
    context = {
        "words": words,
        "company": inbox.name,
        "brand": inbox.brand_color,
        "ink": ink_on(inbox.brand_color),
        "language": translation.get_language(),
        "zone": zone.key,
        "lines": [_line(message, zone) for message in messages],
    }
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    mail = EmailMultiAlternatives(
        subject=one_line(words.subject),
        body=render_to_string("email/conversation.txt", context),
        from_email=formataddr((one_line(inbox.name), sender)),
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers={**HEADERS, **headers},
    )
    mail.attach_alternative(render_to_string("email/conversation.html", context), "text/html")
    return mail


def reply_to(ticket: UUID) -> str:
    """Where an answer by mail finds this ticket; "" while no mail is received."""
    domain = settings.ENV.reply_domain
    return reply_address(ticket, domain, keys_for(REPLY_KEYS)[0]) if domain else ""


def _line(message: MessageRow, zone: ZoneInfo) -> dict[str, Any]:
    is_own = message.author_kind == AuthorKind.CONTACT
    moment = message.created_at.astimezone(zone)
    article = message.data.get("article")
    return {
        "is_own": is_own,
        "name": _("You") if is_own else first_name(message.author_name) or _("Support"),
        "at": date_format(moment, "j F Y, H:i"),
        "text": message.body,
        "files": [row.name for row in message.files],
        "article": article and {**article, "url": settings.PUBLIC_URL + article["url"]},
    }
