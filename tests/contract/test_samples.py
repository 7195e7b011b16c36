"""`events/*.json`: what Python says, for whoever reads it in another language.

Written anew with `WRITE_SAMPLES=1 script/test tests/contract/test_samples.py`.
"""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager

import orjson
from redis import Redis

from helpdesk.realtime.position import ZERO
from tests.contract.recording import said_since
from tests.contract.samples import FOLDER, play, samples
from tests.house.test_events_documented import wire_events
from tests.people import People

Committing = Callable[..., AbstractContextManager[object]]
# What clients say, and what answers one connection, is no event of the log.
OF_CLIENTS = {"message.send"}
BY_NAME = {"ticket.created"}  # the code passes its name along


def test_the_samples_are_what_is_said_today(
    people: People, redis_of_tests: Redis, django_capture_on_commit_callbacks: Committing
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        play(people)
    made = samples([entry for _, entry in said_since(redis_of_tests, ZERO)])
    assert made.keys() == wire_events() - OF_CLIENTS | BY_NAME
    if os.environ.get("WRITE_SAMPLES"):
        FOLDER.mkdir(exist_ok=True)
        for kind, sample in made.items():
            text = orjson.dumps(sample, option=orjson.OPT_INDENT_2) + b"\n"
            (FOLDER / f"{kind}.json").write_bytes(text)
    kept = {path.stem: orjson.loads(path.read_bytes()) for path in FOLDER.glob("*.json")}
    assert kept == made
