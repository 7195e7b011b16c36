"""Small, pure rules about text that people wrote."""

import re
import unicodedata
from html import escape

import nh3
from linkify_it import LinkifyIt

PREVIEW_LENGTH = 140
# Control characters but tab and newline, invisible and bidirectional marks (they can make a
# harmless text read as another one), lone surrogates and non-characters.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_MAY_LINK = re.compile(r"\w\.\w|://|\w@\w")
_linkify = LinkifyIt()


def clean(text: str) -> str:
    """Without characters that nobody can see (line breaks and tabs stay), in NFC, trimmed."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", text)).strip()


def one_line(text: str, limit: int = PREVIEW_LENGTH) -> str:
    """The text on one line, cut at `limit` characters with an ellipsis."""
    line = re.sub(r"\s+", " ", text[: limit * 4]).strip()
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def link_html(text: str) -> str:
    """Plain text as HTML with its links made clickable, or "" when it has none.

    Senders' markup never becomes markup: everything but the links is escaped, and the
    result passes the sanitiser all the same.
    """
    if not _MAY_LINK.search(text):
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
