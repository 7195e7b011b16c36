"""The browser's rules held against the oracle, in Node.js; in Chromium see
tests/browser/test_invitation_rules.py."""

import json
import shutil
import subprocess
from collections import Counter

import pytest

from tests.support.invitation_cases import (
    CASES,
    CONDITIONS,
    compacted,
    decided,
    differences,
    evaluator,
    expected,
    make_cases,
)

NODE = shutil.which("node")
READ = "JSON.parse(require('fs').readFileSync(0))"


def test_the_cases_are_worth_trying() -> None:
    made = make_cases()
    assert len(made) >= CASES
    answers = Counter(str(expected(case["rule"], case["facts"])) for case in made)
    assert min(answers[answer] for answer in ("True", "False", "ask")) >= 20
    counts = decided(made)
    assert all(counts[name] >= 2 for name in CONDITIONS), counts


@pytest.mark.skipif(NODE is None, reason="no Node.js; Chromium runs the same")
def test_rules_come_true_as_written() -> None:
    made = make_cases()
    script = f"process.stdout.write(JSON.stringify(({evaluator()})({READ})))"
    done = subprocess.run(
        [str(NODE), "-e", script],
        input=json.dumps(compacted(made)),
        capture_output=True,
        text=True,
        check=True,
    )
    assert not (found := differences(made, json.loads(done.stdout))), "\n".join(found[:5])
