"""Template tags that bring our ES modules to the page without a bundler."""

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def import_map(context: template.Context, *folders: str) -> SafeString:
    """The import map of the modules below `folders`, with the sum of each served file.

    Sources import each other relatively; the map leads the plain URL of each module to its
    hashed one, so that a changed leaf does not change the names of those that import it.
    """
    return map_of(context, sorted(modules_below(folders)))


def map_of(context: template.Context, names: Sequence[str]) -> SafeString:
    """The import map element of these modules."""
    body = _import_map(tuple(names)) if not settings.DEBUG else _build(names)
    nonce = getattr(context.get("request"), "csp_nonce", "")
    # json.dumps wrote it, and _build took out what could end the script element.
    safe = mark_safe(body)  # noqa: S308
    return format_html('<script type="importmap" nonce="{}">{}</script>', str(nonce), safe)


@lru_cache(maxsize=32)
def _import_map(names: tuple[str, ...]) -> str:
    return _build(names)


def _build(names: Sequence[str]) -> str:
    imports, integrity = {}, {}
    for name in names:
        url = static(name)
        integrity[url] = digest_of(name)
        if url != settings.STATIC_URL + name:
            imports[settings.STATIC_URL + name] = url
    return json.dumps({"imports": imports, "integrity": integrity}).replace("<", "\\u003c")


def modules_below(folders: Iterable[str]) -> set[str]:
    """The names of all modules in these folders of ours."""
    root = Path(settings.BASE_DIR) / "static"
    return {
        path.relative_to(root).as_posix()
        for folder in folders
        for path in root.joinpath(*folder.split("/")).rglob("*.js")
        if "loader" not in path.parts  # classic parts, which the server joins by itself
    }


def digest_of(name: str) -> str:
    """`sha256-…` of the file as it is served (the collected one where there is one)."""
    if hasattr(staticfiles_storage, "stored_name") and not settings.DEBUG:
        path = staticfiles_storage.path(staticfiles_storage.stored_name(name))
    else:
        path = finders.find(name) or name
    digest = hashlib.sha256(Path(str(path)).read_bytes()).digest()
    return "sha256-" + base64.b64encode(digest).decode()
