"""Fixtures of tests that hold sockets: what they leave behind is cleared here."""

import signal
from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="session", autouse=True)
def _end_connections(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The pool's and the writer's threads live as long as the process, with connections of their
    own: the database could not be dropped."""
    yield
    if not connection.settings_dict["NAME"].startswith("test_"):  # no test here wanted one
        return
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _same_sigterm() -> Iterator[None]:
    """A runtime puts its farewell before the process's handler, and a test is no process."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)
