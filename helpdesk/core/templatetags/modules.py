"""Tells the browser at once which modules an entry will ask for, instead of one level at a time."""

from functools import lru_cache
from pathlib import Path

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from helpdesk.core.bundles import STYLES, are_joined, joined_modules, joined_style
from helpdesk.core.joined import SUFFIX, imports_of, joined_name
from helpdesk.core.templatetags.assets import digest_of, map_of, modules_below

register = template.Library()


@register.simple_tag
def styles(page: str) -> SafeString:
    """The style sheets of a page: one where they are joined."""
    names = (joined_style(page),) if are_joined() else STYLES[page]
    links = ((static(name),) for name in names)
    return format_html_join("\n  ", '<link rel="stylesheet" href="{}">', links)


@register.simple_tag(takes_context=True)
def joined_script(context: template.Context, entry: str, *later: str) -> SafeString:
    """Import map and script of an entry of `bundles.SCRIPTS`: one file where they are joined."""
    if are_joined():
        names = joined_modules(entry)
        entry = joined_name(entry)
    else:
        # All of the folders that it touches: some modules are imported later.
        names = sorted(modules_below({name.partition("/")[0] for name in graph_of(entry)}))
    return format_html("{}\n  {}", map_of(context, names), module_script(context, entry, *later))


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
    if name.endswith(SUFFIX):  # all it needs is in it
        return []
    text = (Path(settings.BASE_DIR) / "static" / name).read_text()
    return imports_of(text, name)
