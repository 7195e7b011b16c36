"""What the widget shows: an inbox's public settings, and a visitor's own conversations."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError

from chat.queries.availability import now_for
from chat.queries.peek import peek_key
from chat.queries.prechat import form_body, form_for
from faq.queries import popular_articles
from helpdesk.accounts.viewer import Visitor
from helpdesk.core import clock
from helpdesk.core.clock import wire
from helpdesk.core.color import DARK_SURFACE, LIGHT_SURFACE, ink_on, text_in
from helpdesk.core.errors import NotFound
from tickets.domain.phones import shown_phone
from tickets.models import Contact, Inbox
from tickets.queries import tickets_for
from tickets.queries.bodies import public_row
from tickets.queries.waits import reply_minutes
from tickets.registry import widget_boot_parts

TICKETS = 30
ARTICLES = 3
QUARTER = timedelta(minutes=15)


def fetch_inbox(inbox: UUID | str) -> Inbox:
    """An inbox that may show a widget. Raises NotFound."""
    try:
        return Inbox.objects.get(public_id=inbox, kind="chat", is_active=True)
    except (Inbox.DoesNotExist, ValidationError) as error:  # the latter: no UUID at all
        raise NotFound from error


def frame_config(inbox: Inbox, lang: str, theme: str) -> dict[str, Any]:
    brand = inbox.brand_color
    return {
        "inbox": {
            "id": inbox.public_id,
            "name": inbox.name,
            "brand": brand,
            "ink": ink_on(brand),
            "brand_text": {
                "light": text_in(brand, LIGHT_SURFACE),
                "dark": text_in(brand, DARK_SURFACE),
            },
            "languages": inbox.languages,
            "phone": inbox.phone,
            "origins": allowed_origins(inbox),
        },
        "lang": lang,
        "theme": theme,
        "visitor_api": f"/widget/{inbox.public_id}/",
        "ws": f"/ws/widget/{inbox.public_id}/",
        "live": f"/live/widget/{inbox.public_id}/",
        "file_limit_mb": settings.ENV.attachment_limit_mb,
    }


def allowed_origins(inbox: Inbox) -> list[str]:
    """Sites that may frame the widget; none named means any, so that a trial needs no set-up."""
    return [settings.PUBLIC_URL, *inbox.allowed_origins] if inbox.allowed_origins else []


def boot(viewer: Visitor, language: str) -> dict[str, Any]:
    """All that the frame shows before anybody writes; as many queries for one as for many."""
    inbox = Inbox.objects.select_related("calendar").get(pk=viewer.inbox_id)
    contact = Contact.objects.get(pk=viewer.contact_id)
    rows = tickets_for(viewer, tail=f"ORDER BY t.last_public_at DESC LIMIT {TICKETS}")
    available = now_for(inbox)
    return {
        "visitor": visitor_body(viewer.identity, contact, verified=viewer.verified),
        "peek_key": peek_key(viewer),
        "inbox": inbox_body(inbox),
        "prechat": form_body(form_for(viewer, inbox, contact), language),
        "team": {
            "online": available.online,
            "people": [{"name": name} for name in available.people],
            "reply_minutes": reply_minutes(inbox.team_id),
            "is_open": available.is_open,
            "is_free": available.is_free,
            "next_open": wire(available.next_open),
        },
        "wait": available.wait.as_dict() if available.wait else None,
        "tickets": [public_row(row) for row in rows],
        "articles": [
            {"title": entry.title, "url": entry.url, "slug": entry.slug}
            for entry in popular_articles(language, ARTICLES)
        ],
        **{name: part(viewer) for name, part in widget_boot_parts.items()},
    }


def visitor_body(identity: UUID, contact: Contact, *, verified: bool) -> dict[str, Any]:
    return {
        "id": identity,
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "verified": verified,
    }


def inbox_body(inbox: Inbox) -> dict[str, Any]:
    chat = inbox.chat
    return {
        "id": inbox.public_id,
        "name": inbox.name,
        "languages": inbox.languages,
        "phone": inbox.phone,
        "home": chat.home.model_dump(),
        "channels": channels_of(inbox),
        "absence": {
            "leave_message": chat.absence.leave_message,
            "callback": chat.absence.callback,
            "reply_by": wire(reply_by(inbox)),
        },
        "conversation": {
            name: getattr(chat.conversation, name) for name in ("attachments", "transcript", "peek")
        },
        "privacy": {"notice_url": chat.privacy.notice_url},
    }


def channels_of(inbox: Inbox) -> list[dict[str, str]]:
    """The company's other ways (R1), each with what opens it and what to show."""
    chosen = inbox.chat.channels
    digits = re.sub(r"[^0-9+]", "", inbox.phone)
    ways = [
        ("whatsapp", "https://wa.me/" + chosen.whatsapp.lstrip("+"), shown_phone(chosen.whatsapp)),
        ("telegram", "https://t.me/" + chosen.telegram, chosen.telegram and f"@{chosen.telegram}"),
        ("messenger", "https://m.me/" + chosen.messenger, chosen.messenger),
        ("email", "mailto:" + chosen.email, chosen.email),
        ("phone", "tel:" + digits, inbox.phone),
    ]
    return [{"kind": kind, "url": url, "text": text} for kind, url, text in ways if text]


def reply_by(inbox: Inbox) -> datetime | None:
    """When a message left now is answered at the latest, up to the next quarter of an hour; None
    when nothing is promised."""
    hours = inbox.chat.absence.reply_hours
    if hours is None:
        return None
    promised = inbox.hours.add_open_time(clock.now(), timedelta(hours=hours))
    return promised and promised + (datetime.min.replace(tzinfo=UTC) - promised) % QUARTER
