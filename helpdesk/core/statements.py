"""Statements that run for every message: planned once a connection, answered in binary.

Django's own cursor writes parameters into the SQL text and parses every answer as text, in Python;
for a batch of messages that is a third of the work, and planning its joins takes PostgreSQL longer
than running them. A pooler in between has to know prepared statements (PgBouncer does from 1.22).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor


class BinaryCursor(Cursor[Any]):
    def execute(self, query: Any, params: Any = None, **options: Any) -> "BinaryCursor":
        return super().execute(query, params, prepare=True, binary=True, **options)


@contextmanager
def binary_cursor() -> Iterator[CursorWrapper]:
    """On Django's connection, inside its transaction, counted and logged like any other cursor."""
    connection.ensure_connection()
    with connection.wrap_database_errors, BinaryCursor(connection.connection) as cursor:
        inner = cast(CursorWrapper, cursor)  # what the stubs call any database's cursor
        is_logged = connection.queries_logged
        yield connection.make_debug_cursor(inner) if is_logged else connection.make_cursor(inner)


@contextmanager
def one_round_trip() -> Iterator[None]:
    """Statements inside are sent together; whoever fetches a result waits for all up to it."""
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield
