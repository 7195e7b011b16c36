"""The reducers' process, one a run."""

from collections.abc import Iterator

import pytest

from tests.contract.reducers import Reducers, chromium_command, node_command, running


@pytest.fixture(scope="session")
def reducers() -> Iterator[Reducers]:
    command = node_command() or chromium_command()
    if command is None:
        pytest.skip("neither Node.js nor Chromium is here")
    with running(command) as process:
        yield process
