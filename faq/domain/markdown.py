"""An article's Markdown as HTML that is safe to show, with anchors on its sections."""

from dataclasses import dataclass

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from faq.domain.slugs import make_slug

TAGS = {
    "p", "br", "hr", "h2", "h3", "ul", "ol", "li", "strong", "em", "s", "code", "pre", "blockquote",
    "a", "img", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "h2": {"id"},
    "ol": {"start"},
    "th": {"scope"},
}
_markdown = MarkdownIt("js-default")


@dataclass(frozen=True, slots=True)
class Heading:
    anchor: str
    text: str


def render(body: str) -> str:
    """The body as sanitised HTML; its sections carry the anchors that `outline` names."""
    tokens = _parse(body)
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )


def outline(body: str) -> list[Heading]:
    """The sections of the body, for the list of contents."""
    tokens = _parse(body)
    return [
        Heading(str(token.attrGet("id")), tokens[index + 1].content)
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2"
    ]


def _parse(body: str) -> list[Token]:
    tokens = _markdown.parse(body)
    used: set[str] = set()
    for index, token in enumerate(tokens):
        if token.type in {"heading_open", "heading_close"} and token.tag == "h1":
            token.tag = "h2"  # the page's h1 is the title
        if token.type == "heading_open" and token.tag == "h2":
            token.attrSet("id", _anchor(tokens[index + 1].content, used))
        if token.type == "th_open":
            token.attrSet("scope", "col")
    return tokens


def _anchor(text: str, used: set[str]) -> str:
    """Prefixed, so that no heading can take the id of a part of the page."""
    base = anchor = "s-" + make_slug(text)
    number = 2
    while anchor in used:
        anchor = f"{base}-{number}"
        number += 1
    used.add(anchor)
    return anchor
