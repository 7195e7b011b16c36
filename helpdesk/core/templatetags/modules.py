"""Tells the browser at once which modules an entry will ask for, instead of one level at a time."""

import re
from functools import lru_cache
from pathlib import Path, PurePosixPath

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from helpdesk.core.templatetags.assets import digest_of

register = template.Library()
IMPORT = re.compile(r"""(?:^import|from)\s*["'](\.[^"']+)["']""", re.MULTILINE)


@register.simple_tag(takes_context=True)
def module_script(context: template.Context, entry: str, *later: str) -> SafeString:
    """The script element of `entry`, behind `modulepreload` links for what it imports, directly or
    not, and for what it is known to import `later`.

    Goes behind the import map: a browser that has begun to load modules takes no map any more. The
    sums are those of the map, or the browser would load everything twice.
    """
    names = {name for module in (entry, *later) for name in graph_of(module)} - {entry}
    links = format_html_join(
        "\n  ",
        '<link rel="modulepreload" href="{}" integrity="{}">',
        ((static(name), digest_of(name)) for name in sorted(names)),
    )
    nonce = getattr(context.get("request"), "csp_nonce", "")
    script = '<script type="module" nonce="{}" src="{}" integrity="{}"></script>'
    return format_html("{}\n  " + script, links, str(nonce), static(entry), digest_of(entry))


def graph_of(entry: str) -> set[str]:
    """The names of a module and of all it imports, but for those it imports later."""
    return _graph(entry) if not settings.DEBUG else _graph.__wrapped__(entry)


@lru_cache(maxsize=32)
def _graph(entry: str) -> set[str]:
    seen: set[str] = set()
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += _imports_of(name)
    return seen


def _imports_of(name: str) -> list[str]:
    text = (Path(settings.BASE_DIR) / "static" / name).read_text()
    folder = PurePosixPath(name).parent
    return [_normal(folder / found) for found in IMPORT.findall(text)]


def _normal(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
