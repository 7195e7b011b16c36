"""Migrations are named for what they do, linear, and never missing."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.house.tree import ROOT, name_of

NAME = re.compile(r"\d{4}_[a-z0-9_]+")


def ours() -> list[Path]:
    return sorted(
        path for path in ROOT.glob("*/migrations/0*.py") if path.parts[-3] != "node_modules"
    ) + sorted(ROOT.glob("helpdesk/*/migrations/0*.py"))


@pytest.mark.parametrize("path", ours(), ids=name_of)
def test_name_says_what_it_does(path: Path) -> None:
    assert NAME.fullmatch(path.stem)
    assert "_auto_" not in path.stem
    assert "_alter_" not in path.stem, "say why, not which column"


@pytest.mark.django_db
def test_no_model_moved_without_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_each_app_has_one_line_of_migrations() -> None:
    loader = MigrationLoader(None)
    labels = {app.label for app in apps.get_app_configs() if Path(app.path).is_relative_to(ROOT)}
    for label in labels & loader.migrated_apps:
        assert len(loader.graph.leaf_nodes(label)) == 1, f"{label} forks"
        nodes = [node for node in loader.graph.nodes if node[0] == label]
        numbers = sorted(name[:4] for _, name in nodes)
        assert len(numbers) == len(set(numbers)), f"two migrations of {label} share a number"
