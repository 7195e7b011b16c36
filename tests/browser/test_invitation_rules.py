"""Five hundred rules and facts in the engine that runs them, held against the oracle."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.support.invitation_cases import CASES, compacted, differences, evaluator, make_cases


def test_rules_come_true_as_written(browser: Browser) -> None:
    made = make_cases()
    page = browser.new_page()
    answers = page.evaluate(evaluator(), compacted(made))
    page.close()
    assert len(answers) >= CASES
    assert not (found := differences(made, answers)), "\n".join(found[:5])
