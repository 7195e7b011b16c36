"""What the widget shows: an inbox's public settings, and a visitor's own conversations."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError

from faq.queries import popular_articles
from helpdesk.accounts.models import User
from helpdesk.accounts.viewer import Visitor
from helpdesk.core.color import DARK_SURFACE, LIGHT_SURFACE, ink_on, text_in
from helpdesk.core.errors import NotFound
from helpdesk.realtime import presence
from tickets.models import Contact, Inbox
from tickets.queries import tickets_for
from tickets.queries.bodies import public_row
from tickets.queries.queue import position_of
from tickets.queries.rows import TicketRow
from tickets.registry import widget_boot_parts

TICKETS = 30
PEOPLE = 3
ARTICLES = 3


def fetch_inbox(inbox: UUID | str) -> Inbox:
    """An inbox that may show a widget. Raises NotFound."""
    try:
        return Inbox.objects.get(public_id=inbox, kind="chat", is_active=True)
    except (Inbox.DoesNotExist, ValidationError) as error:  # the latter: no UUID at all
        raise NotFound from error


def loader_settings(inbox: Inbox) -> dict[str, Any]:
    """What the launcher needs before anybody has asked for anything."""
    look = inbox.chat.look
    return {
        "inbox": inbox.public_id,
        "origin": settings.PUBLIC_URL,
        "brand": inbox.brand_color,
        "ink": ink_on(inbox.brand_color),
        "side": look.side,
        "offset": [look.offset_x, look.offset_y],
        "z": look.z,
        "label": look.label,
        "languages": inbox.languages,
        "theme": look.theme,
    }


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
    }


def allowed_origins(inbox: Inbox) -> list[str]:
    """Sites that may frame the widget; none named means any, so that a trial needs no set-up."""
    return [settings.PUBLIC_URL, *inbox.allowed_origins] if inbox.allowed_origins else []


def boot(viewer: Visitor, language: str) -> dict[str, Any]:
    inbox = Inbox.objects.get(pk=viewer.inbox_id)
    contact = Contact.objects.only("public_id", "name", "email").get(pk=viewer.contact_id)
    rows = tickets_for(viewer, tail=f"ORDER BY t.last_public_at DESC LIMIT {TICKETS}")
    return {
        "visitor": {"id": viewer.identity, "name": contact.name, "email": contact.email},
        "inbox": {
            "id": inbox.public_id,
            "name": inbox.name,
            "languages": inbox.languages,
            "phone": inbox.phone,
        },
        "team": team_online(inbox),
        "tickets": [public_row(row) for row in rows],
        "articles": [
            {"title": entry.title, "url": entry.url}
            for entry in popular_articles(language, ARTICLES)
        ],
        **{name: part(viewer) for name, part in widget_boot_parts.items()},
    }


def team_online(inbox: Inbox) -> dict[str, Any]:
    """Who could answer now, by first names; `reply_minutes` only once it is measured."""
    present = presence.agents()
    agents = User.objects.filter(is_active=True, availability="online").order_by("pk")
    if inbox.team_id is not None:
        agents = agents.filter(teams=inbox.team_id)
    if present is not None:
        agents = agents.filter(pk__in=present)
    people = list(agents)
    return {
        "online": len(people),
        "people": [{"name": user.first_name} for user in people[:PEOPLE]],
        "reply_minutes": None,
    }


def queue_of(row: TicketRow) -> dict[str, int] | None:
    """A waiting visitor's place, or None."""
    position = position_of(row.id) if row.queued_at is not None else None
    return None if position is None else {"position": position, "ahead": position - 1}
