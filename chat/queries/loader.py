"""The loader's two stages: their parts joined, and what of an inbox they carry.

The first comes with the page and holds no more than a page needs before anybody asks for the chat;
the second, the panel, comes on intent.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import minify
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from chat.domain.paths import as_browsers_have
from chat.queries.invitations import rules_for
from helpdesk.core.color import ink_on
from helpdesk.core.jsonio import dumps
from tickets.models import Inbox

FOLDER = Path(settings.BASE_DIR) / "static/widget/loader"
TOKENS = Path(settings.BASE_DIR) / "static/css/tokens.css"
PARTS = ("page.js", "rules.js", "invite.js", "launcher.js", "start.js")
# Only shops that invite pay for it.
INVITING = {"rules.js", "invite.js"}
PANEL_PARTS = ("card.js", "panel.js")
PLACE = "__HELPDESK_SETTINGS__"
AROUND = '(function (w, d) {\n"use strict";\n%s\n})(window, document);'


def loader_script(inbox: Inbox) -> str:
    """The first stage with the inbox's public settings inside."""
    values = loader_settings(inbox)
    return _filled(_source(is_inviting="invitations" in values), values)


def panel_script(inbox: Inbox) -> str:
    """The second stage, an ES module."""
    return _filled(_panel_source(), panel_settings(inbox))


def loader_settings(inbox: Inbox) -> dict[str, Any]:
    invitations = rules_for(inbox)
    return {
        "inbox": inbox.public_id,
        "origin": settings.PUBLIC_URL,
        "words": {language: _words(inbox, language) for language in languages_of(inbox)},
        # As `location.pathname` has them.
        "hide": [as_browsers_have(path) for path in inbox.chat.look.hide_on],
        "style": _style("launcher.css", inbox),
        **({"invitations": invitations} if invitations else {}),
    }


def panel_settings(inbox: Inbox) -> dict[str, Any]:
    chat = inbox.chat
    return {
        "origin": settings.PUBLIC_URL,
        "base": f"{settings.PUBLIC_URL}/widget/{inbox.public_id}/",
        "page": f"{settings.PUBLIC_URL}/chat/{inbox.public_id}/",
        "words": {language: _panel_words(inbox, language) for language in languages_of(inbox)},
        "theme": chat.look.theme,
        "follow": chat.privacy.follow_pages,
        "style": _style("panel.css", inbox),
    }


def languages_of(inbox: Inbox) -> list[str]:
    return inbox.languages or ["en"]


def _filled(source: str, values: dict[str, Any]) -> str:
    return source.replace(PLACE, dumps(values).decode().replace("<", "\\u003c"))


def _words(inbox: Inbox, language: str) -> dict[str, str]:
    """What the launcher says; all else is said by the panel and inside its frame."""
    labels = inbox.chat.look.label.items()
    with translation.override(language):
        return {
            "open": gettext("Open chat"),
            "unread": gettext(", new messages: "),
            "title": f"{gettext('Help chat')}, {inbox.name}",
            "label": next((text for code, text in labels if code == language), ""),
        }


def _panel_words(inbox: Inbox, language: str) -> dict[str, str]:
    with translation.override(language):
        return {
            "open": gettext("Open chat"),
            "close": gettext("Minimise chat"),
            "unread": gettext("New messages: "),
            "dismiss": gettext("Dismiss"),
            "title": f"{gettext('Help chat')}, {inbox.name}",
        }


def _style(name: str, inbox: Inbox) -> str:
    """A style sheet with every var(--…) replaced: a page's own cannot reach in."""
    look = inbox.chat.look
    values = {
        **_tokens(),
        "shadow": "0 12px 32px #25221f24",
        "brand": inbox.brand_color,
        "ink": ink_on(inbox.brand_color),
        "z": str(look.z),
        "inline": _inline(look.side, look.offset_x),
        "label-inline": "0 auto" if look.side == "left" else "auto 0",
        "label-padding": "60px 22px" if look.side == "left" else "22px 60px",
        "y": f"{look.offset_y}px",
        "phone-inline": _inline(look.side, look.phone_offset_x),
        "phone-y": f"{look.phone_offset_y}px",
    }
    style = (FOLDER / name).read_text()
    filled = re.sub(r"var\(--([\w-]+)\)", lambda found: values[found[1]], style)
    return str(minify.string("text/css", filled))


def _inline(side: str, offset: int) -> str:
    """Start and end; a page written from right to left is mirrored."""
    return f"{offset}px auto" if side == "left" else f"auto {offset}px"


@lru_cache(maxsize=1)
def _tokens() -> dict[str, str]:
    """The colours of tokens.css by name; those of the dark theme as `dark-…`."""
    light, dark = TOKENS.read_text().split('[data-theme="dark"] {', 1)
    found = {name: value.strip() for name, value in re.findall(r"--([\w-]+):([^;]+);", light)}
    dark = dark.partition("}")[0]
    return found | {
        f"dark-{name}": value.strip() for name, value in re.findall(r"--([\w-]+):([^;]+);", dark)
    }


def _source(*, is_inviting: bool) -> str:
    """Read once; while debugging, always anew."""
    read = _read_loader.__wrapped__ if settings.DEBUG else _read_loader
    return read(is_inviting)


def _panel_source() -> str:
    return (_read_panel.__wrapped__ if settings.DEBUG else _read_panel)()


@lru_cache(maxsize=2)
def _read_loader(is_inviting: bool) -> str:
    names = [name for name in PARTS if is_inviting or name not in INVITING]
    return _joined(names, AROUND)


@lru_cache(maxsize=1)
def _read_panel() -> str:
    return _joined(PANEL_PARTS, "%s")


def _joined(names: Iterable[str], around: str) -> str:
    body = "\n".join((FOLDER / name).read_text() for name in names)
    return str(minify.string("application/javascript", around % body))
