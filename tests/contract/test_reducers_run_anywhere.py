"""Where Node.js is missing, Chromium runs the same reducers with the same results."""

import pytest

from tests.contract.reducers import Job, chromium_command, node_command, running

ROW = {"id": "t", "number": 1, "version": 1, "status": "open", "assignee": None, "team": None}
SNAPSHOT = {"at": "e.1-0", "rows": [ROW | {"last_at": "2026-11-25T10:00:00.000Z"}], "next": None}
CHANGED = {"type": "ticket.gone", "at": "e.2-0", "topic": "all", "ticket": "t", "version": 2}
JOB: Job = {
    "kind": "console",
    "me": 1,
    "view": "all",
    "before": {"list": SNAPSHOT, "thread": None},
    "frames": [CHANGED],
    "after": {"list": SNAPSHOT | {"rows": []}, "thread": None},
}


@pytest.mark.parametrize("command", [node_command(), chromium_command()], ids=["node", "chromium"])
def test_they_play_a_job(command: list[str] | None) -> None:
    if command is None:
        pytest.skip("not on this machine")
    with running(command) as reducers:
        (result,) = reducers.replay([JOB])
    assert result["fresh"]["rows"] == []
    assert result["shown"]["once"] == result["shown"]["again"] == result["fresh"]
