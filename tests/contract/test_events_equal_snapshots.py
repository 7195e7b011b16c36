"""A snapshot and the events after it equal a fresh snapshot: for every action, on every screen.

The events are the live log's own, handed out by the product's hub; they are applied by the
browser's own reducers, once, each twice, all of them again later, and on top of the fresh snapshot.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

import orjson
import pytest
from redis import Redis

from helpdesk.realtime import bus
from tests.contract.cases import CASES
from tests.contract.public import check_event
from tests.contract.recording import Ear, Said, frames_heard, newest, said_since
from tests.contract.reducers import Reducers
from tests.contract.scene import Scene, set_scene
from tests.people import People

# A tab that rates drops the question itself; another one keeps it until it is opened anew.
EXCEPT = {"visitor_rates": {"surveys"}}

Committing = Callable[..., AbstractContextManager[object]]


def deliver_all() -> None:
    for row in bus.due_rows():
        bus.deliver(row)


def check_public(said: Said) -> None:
    for _, entry in said:
        if entry.public:
            check_event(orjson.loads(entry.public))


@pytest.mark.parametrize("name", CASES)
def test_action(
    name: str,
    people: People,
    reducers: Reducers,
    redis_of_tests: Redis,
    django_capture_on_commit_callbacks: Committing,
) -> None:
    before, act = CASES[name]
    with django_capture_on_commit_callbacks(execute=True):
        scene: Scene = set_scene(people)
        before(scene)
        deliver_all()
    screens = scene.screens()
    snapshots = [screen.snapshot() for screen in screens]
    topics = [screen.topics(snapshot) for screen, snapshot in zip(screens, snapshots, strict=True)]
    start = newest(redis_of_tests)

    with django_capture_on_commit_callbacks(execute=True):
        act(scene)
        deliver_all()

    said = said_since(redis_of_tests, start)
    assert said, "an action that nobody hears of"
    check_public(said)
    epoch = redis_of_tests.info("server")["run_id"]
    jobs = []
    for screen, snapshot, heard in zip(screens, snapshots, topics, strict=True):
        if screen.is_closed():
            continue
        frames = frames_heard(said, Ear(screen.allowed, heard), epoch)
        after = screen.snapshot()
        if not snapshot["thread"]:  # not his to open before, and nobody opens it for him
            after["thread"] = None
        told = {"name": str(screen), "before": snapshot, "frames": frames, "after": after}
        jobs.append(screen.job() | told)
    for job, result in zip(jobs, reducers.replay(jobs), strict=True):
        for order, shown in result["shown"].items():
            for part in EXCEPT.get(name, set()) & shown.keys():
                shown[part] = result["fresh"][part]
            assert shown == result["fresh"], f"{job['name']}, {order}"
