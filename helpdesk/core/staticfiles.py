"""Static files as they are served: ours without comments and spaces, and joined where it counts.

Files of others stay byte for byte, with their notices.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import minify
from whitenoise.storage import CompressedManifestStaticFilesStorage

from helpdesk.core.bundles import SCRIPTS, STYLES, joined_style
from helpdesk.core.joined import join_all

OURS = ("shared/", "widget/", "console/", "css/", "pages/")
_COMMENT = re.compile(r"/\*(?:(?!\*/).)*\*/", re.DOTALL)
_DECLARATION = re.compile(r"(?<=[;{\s])(--[\w-]+)\s*:[^;{}]*(?:;|(?=}))")
_DECLARED = re.compile(r"(?<=[;{\s])(--[\w-]+)\s*:")
_USED = re.compile(r"var\(\s*(--[\w-]+)")
MEDIA_TYPES = {".js": "application/javascript", ".css": "text/css"}


def slim(name: str, text: str) -> str:
    return str(minify.string(MEDIA_TYPES[Path(name).suffix], text))


def without_idle_tokens(css: str, beside: str = "") -> str:
    """Without the custom properties that nothing uses, in this sheet or in what stands `beside` it:
    a page that has but a part of the design needs but a part of its tokens. Scripts set tokens and
    read none."""
    css = _COMMENT.sub("", css)
    while idle := set(_DECLARED.findall(css)) - set(_USED.findall(css + beside)):
        css = _DECLARATION.sub(lambda match: "" if match[1] in idle else match[0], css)
    return css


class SlimStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Joins and slims what was collected, before it gets its hashed name and compressed twins."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool | Exception]]:
        names = list(paths)
        if not dry_run:
            # From where they came: what was collected before has been slimmed already.
            def source(name: str) -> str:
                storage, path = paths[name]
                with storage.open(path) as file:
                    return str(file.read().decode())

            joined = _join(source)
            ours = [n for n in names if n.startswith(OURS) and Path(n).suffix in MEDIA_TYPES]
            for name, text in ({n: source(n) for n in ours} | joined).items():
                Path(self.path(name)).write_text(slim(name, text), encoding="utf-8")
            names += joined
        # Hashed names are made from what was collected, not from where it came from.
        collected = {name: (self, name) for name in names}
        yield from super().post_process(collected, dry_run, **options)


def _join(source: Callable[[str], str]) -> dict[str, str]:
    sheets = {page: "\n".join(map(source, names)) for page, names in STYLES.items()}
    texts: dict[str, str] = {}
    for page, css in sheets.items():
        # A later sheet takes its tokens from the first.
        others = "\n".join(sheets[other] for other in sheets if other != page)
        texts[joined_style(page)] = without_idle_tokens(css, others)
    for entry in SCRIPTS:
        texts |= join_all(entry, source)
    return texts
