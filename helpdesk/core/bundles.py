"""What is joined when static files are collected: scripts by their entry, style sheets by page.

While developing, nothing is joined: the browser shows the sources.
"""

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from helpdesk.core.joined import SUFFIX

# By entry: the folders of modules whose names it makes up while running.
SCRIPTS = {"widget/frame.js": ("widget/copy/",)}
STYLES = {
    "widget": (
        "css/tokens.css",
        "css/base.css",
        "css/widget.css",
        "css/widget-home.css",
        "css/widget-chat.css",
        "css/widget-files.css",
    ),
    "widget-later": ("css/widget-later.css", "css/widget-attaching.css"),
}


def joined_style(page: str) -> str:
    return f"css/{page}.joined.css"


def are_joined() -> bool:
    return not settings.DEBUG and hasattr(staticfiles_storage, "hashed_files")


def joined_modules(entry: str) -> list[str]:
    """What a page of that entry may load, as collected."""
    folder = entry.rpartition("/")[0] + "/"
    return sorted(
        name
        for name in staticfiles_storage.hashed_files  # type: ignore[attr-defined]  # a manifest storage
        if (name.startswith(folder) and name.endswith(SUFFIX)) or name.startswith(SCRIPTS[entry])
    )
