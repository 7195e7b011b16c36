"""Who may import whom: the contracts stand in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

from tests.house.tree import ROOT


def test_every_import_contract_is_kept() -> None:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
