"""Static files as they are served: ours without comments and spaces, and joined where it counts.

Files of others stay byte for byte, with their notices.
"""

import re
from collections.abc import Iterator
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
            names += self._join()
            for name in names:
                if name.startswith(OURS) and Path(name).suffix in MEDIA_TYPES:
                    self._write(name, slim(name, self._read(name)))
        # Hashed names are made from what was collected, not from where it came from.
        collected = {name: (self, name) for name in names}
        yield from super().post_process(collected, dry_run, **options)

    def _join(self) -> list[str]:
        sheets = {page: "\n".join(map(self._read, names)) for page, names in STYLES.items()}
        texts = {}
        for page, css in sheets.items():
            # A later sheet takes its tokens from the first.
            others = "\n".join(sheets[other] for other in sheets if other != page)
            texts[joined_style(page)] = without_idle_tokens(css, others)
        for entry in SCRIPTS:
            texts |= join_all(entry, self._read)
        for name, text in texts.items():
            self._write(name, text)
        return list(texts)

    def _read(self, name: str) -> str:
        return Path(self.path(name)).read_text(encoding="utf-8")

    def _write(self, name: str, text: str) -> None:
        Path(self.path(name)).write_text(text, encoding="utf-8")
