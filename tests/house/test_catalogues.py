"""A bare machine has no gettext: compiled catalogues are kept, and must be the current ones."""

import gettext
from pathlib import Path

import pytest

from tests.house import po
from tests.house.tree import ROOT, name_of


def catalogues() -> list[Path]:
    places = [ROOT / "locale", *(path for path in ROOT.glob("*/locale") if path.is_dir())]
    return sorted(path for place in places for path in place.rglob("*.po"))


@pytest.mark.parametrize("path", catalogues(), ids=name_of)
def test_the_compiled_catalogue_is_the_current_one(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as compiled:
        kept = dict(vars(gettext.GNUTranslations(compiled))["_catalog"])
    expected = po.compiled(po.read(path))
    kept.pop("", None)
    expected.pop("", None)
    assert kept == expected


@pytest.mark.parametrize("path", catalogues(), ids=name_of)
def test_nothing_waits_for_a_translator(path: Path) -> None:
    waiting = [e.key for e in po.read(path) if e.is_fuzzy or (e.key and not all(e.forms))]
    assert waiting == []


def test_the_reader_knows_plurals_contexts_and_long_texts(tmp_path: Path) -> None:
    source = tmp_path / "django.po"
    source.write_text(
        '#: a.py:1\nmsgctxt "verb"\nmsgid "open"\nmsgstr "otwórz"\n\n'
        'msgid ""\n"one "\n"two\\n"\nmsgstr "a"\n\n'
        'msgid "%d chat"\nmsgid_plural "%d chats"\nmsgstr[0] "x"\nmsgstr[1] "y"\nmsgstr[2] "z"\n\n'
        '#, fuzzy\nmsgid "guess"\nmsgstr "tahmin"\n\n#~ msgid "gone"\n#~ msgstr "yok"\n'
    )
    assert po.compiled(po.read(source)) == {
        "verb\x04open": "otwórz",
        "one two\n": "a",
        ("%d chat", 0): "x",
        ("%d chat", 1): "y",
        ("%d chat", 2): "z",
    }
