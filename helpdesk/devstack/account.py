"""PostgreSQL refuses to run as root, so root lends it the account `nobody`."""

from __future__ import annotations

import os
import pwd
from pathlib import Path
from typing import Any, NamedTuple


class Account(NamedTuple):
    uid: int
    gid: int

    def popen_arguments(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def _account_for_servers() -> Account | None:
    if os.geteuid() != 0:
        return None
    # Not just any free number: initdb looks its own user up in the passwd file.
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


SERVER_ACCOUNT = _account_for_servers()


def popen_arguments() -> dict[str, Any]:
    return SERVER_ACCOUNT.popen_arguments() if SERVER_ACCOUNT else {}


def give_to_server(path: Path) -> None:
    if SERVER_ACCOUNT:
        os.chown(path, *SERVER_ACCOUNT)
