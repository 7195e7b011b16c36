"""Every variable is explained, and nothing is explained that is not one."""

import re

from tests.house.settings_docs import OUTSIDE, SCRIPTS, example_variables, settings
from tests.house.tree import ROOT

DOCUMENT = ROOT / "docs" / "settings.md"


def documented() -> set[str]:
    return set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)`", DOCUMENT.read_text(), re.MULTILINE))


def test_every_setting_is_documented_and_no_other() -> None:
    assert documented() == settings() | OUTSIDE | SCRIPTS


def test_the_example_names_every_setting_and_no_other() -> None:
    assert example_variables(ROOT / ".env.example") == settings() | OUTSIDE
