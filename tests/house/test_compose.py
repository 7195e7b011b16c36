"""The compose file is valid, and speaks of variables that exist."""

import json
import re
from typing import Any

import jsonschema
import pytest
import yaml

from tests.house.settings_docs import example_variables, settings
from tests.house.tree import ROOT

SOURCE = (ROOT / "docker-compose.yml").read_text()
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")
SERVERS = {"postgres", "redis", "caddy"}


def as_compose_reads_it() -> dict[str, Any]:
    def value(found: re.Match[str]) -> str:
        return found[3] if found[2] == "-" else "given"

    return dict(yaml.safe_load(VARIABLE.sub(value, SOURCE)))


COMPOSE = as_compose_reads_it()


def test_it_is_valid() -> None:
    schema = json.loads((ROOT / "tests/house/data/compose-spec.json").read_text())
    jsonschema.Draft7Validator(schema).validate(COMPOSE)


def test_the_schema_would_notice() -> None:
    schema = json.loads((ROOT / "tests/house/data/compose-spec.json").read_text())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema).validate({"services": {"web": {"imagge": "x"}}})


def test_every_variable_it_asks_for_stands_in_the_example() -> None:
    asked = {found[1] for found in VARIABLE.finditer(SOURCE)}
    assert asked <= example_variables(ROOT / ".env.example")


@pytest.mark.parametrize("name", sorted(COMPOSE["services"].keys() - SERVERS))
def test_a_service_of_ours_is_given_settings_only(name: str) -> None:
    assert COMPOSE["services"][name]["environment"].keys() <= settings()


def test_whoever_is_waited_for_exists() -> None:
    services = COMPOSE["services"]
    for service in services.values():
        for other, wait in service.get("depends_on", {}).items():
            assert wait["condition"] != "service_healthy" or "healthcheck" in services[other]


def test_every_named_volume_is_declared() -> None:
    used = {
        volume.split(":")[0]
        for service in COMPOSE["services"].values()
        for volume in service.get("volumes", [])
        if not volume.startswith((".", "/"))
    }
    assert used == COMPOSE["volumes"].keys()
