"""Reads a .po file as far as gettext's own compiler would use it."""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+(".*")')


@dataclass
class Entry:
    fields: dict[str, str] = field(default_factory=dict)
    is_fuzzy: bool = False

    @property
    def key(self) -> str:
        context = self.fields.get("msgctxt")
        return f"{context}\x04{self.fields['msgid']}" if context else self.fields["msgid"]

    @property
    def forms(self) -> list[str]:
        """One text, or one for each plural."""
        return [text for name, text in self.fields.items() if name.startswith("msgstr")]


def read(path: Path) -> list[Entry]:
    blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))
    entries = [_entry(block.splitlines()) for block in blocks]
    return [entry for entry in entries if "msgid" in entry.fields]


def _entry(lines: list[str]) -> Entry:
    entry, name = Entry(), ""
    for line in lines:
        if line.startswith("#,") and "fuzzy" in line:
            entry.is_fuzzy = True
        elif found := KEYWORD.match(line):
            name = found[1]
            entry.fields[name] = ast.literal_eval(found[2])
        elif line.startswith('"'):
            entry.fields[name] += ast.literal_eval(line)
    return entry


def compiled(entries: list[Entry]) -> dict[str | tuple[str, int], str]:
    """What the .mo file made of them holds, as `gettext.GNUTranslations` keeps it."""
    catalogue: dict[str | tuple[str, int], str] = {}
    for entry in entries:
        if entry.is_fuzzy or not any(entry.forms):
            continue
        if "msgid_plural" in entry.fields:
            catalogue |= {(entry.key, number): form for number, form in enumerate(entry.forms)}
        else:
            catalogue[entry.key] = entry.forms[0]
    return catalogue
