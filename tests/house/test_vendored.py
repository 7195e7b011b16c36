"""What others wrote lies here as they published it, and says under which licence."""

import base64
import hashlib
import tomllib

import pytest

from tests.house.tree import ROOT

VENDOR = ROOT / "static" / "vendor"
FILES = tomllib.loads((VENDOR / "vendor.toml").read_text())["file"]
PERMISSIVE = {"MIT", "Apache-2.0", "BSD-3-Clause", "BSD-2-Clause", "ISC", "OFL-1.1"}


def sha384(content: bytes) -> str:
    return base64.b64encode(hashlib.sha384(content).digest()).decode()


@pytest.mark.parametrize("entry", FILES, ids=lambda entry: str(entry["file"]))
def test_file_is_the_one_that_was_vetted(entry: dict[str, str]) -> None:
    assert sha384((VENDOR / entry["file"]).read_bytes()) == entry["sha384"]
    assert entry["version"]
    assert entry["licence"] in PERMISSIVE


def test_every_vendored_file_is_listed() -> None:
    listed = {entry["file"] for entry in FILES}
    there = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*.*")}
    assert {name for name in there - listed if not name.startswith("LICENSES/")} == {"vendor.toml"}
