"""Static files as they are served: our sources without their comments.

Comments are a quarter of what a browser would load. Nothing else is changed, so that what a browser
shows is still the source; files of others stay byte for byte, with their notices.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Only comments that have lines to themselves, which none of our strings has.
_LINES = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_BLOCKS = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
OURS = ("shared/", "widget/", "console/", "css/")


def without_comments(name: str, text: str) -> str:
    text = _BLOCKS.sub("", text)
    return _LINES.sub("", text) if name.endswith(".js") else text


class SlimStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Slims what was collected, before it gets its hashed name and its compressed twin."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool | Exception]]:
        if not dry_run:
            for name in paths:
                if name.startswith(OURS) and name.endswith((".js", ".css")):
                    self._slim(name)
        # Hashed names are made from what was collected, not from where it came from.
        collected = {name: (self, name) for name in paths}
        yield from super().post_process(collected, dry_run, **options)

    def _slim(self, name: str) -> None:
        path = Path(self.path(name))
        text = path.read_text(encoding="utf-8")
        slim = without_comments(name, text)
        if slim != text:
            path.write_text(slim, encoding="utf-8")
