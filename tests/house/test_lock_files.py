"""The lock files hold what pyproject.toml asks for, by hash, and from no particular place."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKS = {
    "requirements.txt": PROJECT["dependencies"],
    "requirements-test.txt": [*PROJECT["dependencies"], *EXTRAS["test"]],
    "requirements-bench.txt": [*PROJECT["dependencies"], *EXTRAS["bench"]],
}
PINNED = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)


def locked(name: str) -> dict[str, str]:
    return dict(PINNED.findall((ROOT / name).read_text()))


@pytest.mark.parametrize("name", LOCKS)
def test_it_answers_every_requirement(name: str) -> None:
    versions = locked(name)
    for line in LOCKS[name]:
        requirement = Requirement(line)
        version = versions[canonicalize_name(requirement.name)]
        assert version in requirement.specifier


@pytest.mark.parametrize("name", ["requirements-test.txt", "requirements-bench.txt"])
def test_it_holds_the_same_versions_as_production(name: str) -> None:
    assert locked("requirements.txt").items() <= locked(name).items()


@pytest.mark.parametrize("name", [*LOCKS, "script/uv.txt"])
def test_it_names_hashes_and_no_place(name: str) -> None:
    text = (ROOT / name).read_text()
    assert text.count("--hash=sha256:") >= len(PINNED.findall(text)) > 0
    assert "://" not in text
    assert "index-url" not in text
