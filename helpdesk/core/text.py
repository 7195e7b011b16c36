"""Small, pure rules about text that people wrote."""

import re
import unicodedata
from html import escape

import nh3
from linkify_it import LinkifyIt

PREVIEW_LENGTH = 140
_linkify = LinkifyIt().add("ftp:", None)
_FORMAT_ONLY = {"\u200c", "\u200d"}


def clean(text: str) -> str:
    """Without control characters (line breaks and tabs stay), in NFC, trimmed.

    Bidirectional overrides go too: they can make a harmless text read as another one.
    """
    kept = (
        character
        for character in text.replace("\r\n", "\n").replace("\r", "\n")
        if character in "\n\t" or character in _FORMAT_ONLY or unicodedata.category(character)[0] != "C"
    )
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def one_line(text: str, limit: int = PREVIEW_LENGTH) -> str:
    """The text on one line, cut at `limit` characters with an ellipsis."""
    line = re.sub(r"\s+", " ", text[: limit * 4]).strip()
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def link_html(text: str) -> str:
    """Plain text as HTML with its links made clickable, or "" when it has none.

    Senders' markup never becomes markup: everything but the links is escaped, and the
    result passes the sanitiser all the same.
    """
    if "." not in text and ":" not in text:
        return ""
    matches = _linkify.match(text)
    if not matches:
        return ""
    parts, at = [], 0
    for match in matches:
        parts.append(escape(text[at : match.index]))
        parts.append(f'<a href="{escape(match.url)}">{escape(match.text)}</a>')
        at = match.last_index
    parts.append(escape(text[at:]))
    return nh3.clean(
        "".join(parts),
        tags={"a"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
