"""Servers for tests and measurements, gone with whoever asked for them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpdesk.devstack import processes
from helpdesk.devstack.postgres import Postgres
from helpdesk.devstack.valkey import Valkey

PREFIX = "helpdesk-throwaway-"
MEMORY = Path("/dev/shm")  # noqa: S108 - our folder in it is 0711 and named by mkdtemp
ENOUGH_BYTES = 1 << 30


@contextmanager
def throwaway_servers(*, durable: bool = False) -> Iterator[tuple[Postgres, Valkey]]:
    """Both servers, in memory where there is room; `durable` keeps fsync on, and is on disk."""
    with throwaway_folder(Path(tempfile.gettempdir()) if durable else _base()) as home:
        log = home / "postgres.log"
        postgres = Postgres(home, processes.free_port(), log, throwaway=not durable)
        valkey = Valkey(home / "valkey", processes.free_port(), home / "valkey.log", throwaway=True)
        try:
            valkey.start()
            postgres.start()
            yield postgres, valkey
        finally:
            postgres.stop()
            valkey.stop()


@contextmanager
def throwaway_folder(base: Path) -> Iterator[Path]:
    sweep(base)
    home = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=base))
    home.chmod(0o711)
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _base() -> Path:
    """A container's /dev/shm has 64 MB, too little for a cluster."""
    usable = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    if usable and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES:
        return MEMORY
    return Path(tempfile.gettempdir())


def sweep(base: Path) -> None:
    """Removes the folders of those who were killed before they could."""
    for folder in base.glob(f"{PREFIX}*"):
        owner = folder.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdigit() and not processes.is_alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)
