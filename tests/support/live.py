"""Fixtures of tests that hold sockets: what they leave behind is cleared here."""

import signal
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

# Made by migrations, and of use to every test.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


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


@pytest.fixture(scope="session", autouse=True)
def _quick_emptying() -> Iterator[None]:
    """Django truncates fifty tables and makes its permissions anew after each test, which takes
    longer than most of them. Constraints are deferred, so the order of deleting is free."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: _delete_everything())
        yield


def _delete_everything() -> None:
    names = set(connection.introspection.table_names()) - KEPT
    statement = "; ".join(f'DELETE FROM "{name}"' for name in sorted(names))
    for tries_left in (2, 1, 0):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        except DatabaseError:  # somebody's last transaction was still under way
            if not tries_left:
                raise
        else:
            return


@pytest.fixture(autouse=True)
def _same_sigterm() -> Iterator[None]:
    """A runtime puts its farewell before the process's handler, and a test is no process."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)
