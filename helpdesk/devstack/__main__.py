"""`python -m helpdesk.devstack`: scratch -- COMMAND runs it beside throw-away servers."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from helpdesk.devstack.chromium import find_chromium
from helpdesk.devstack.throwaway import throwaway_servers


def scratch(command: list[str], *, durable: bool) -> int:
    with throwaway_servers(durable=durable) as (postgres, valkey):
        postgres.create_database("helpdesk")
        environment = os.environ | {
            "DATABASE_URL": postgres.url("helpdesk"),
            "REDIS_URL": valkey.url(),
            "SECRET_KEY": "a key for throw-away servers, long enough for every check of it",
        }
        return subprocess.run(command, env=environment, check=False).returncode


def chromium() -> int:
    found = find_chromium()
    if found:
        print(found)
    return 0 if found else 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="helpdesk.devstack")
    verbs = parser.add_subparsers(dest="verb", required=True)
    throwaway = verbs.add_parser("scratch", help="run a command beside throw-away servers")
    throwaway.add_argument("--durable", action="store_true", help="PostgreSQL with fsync, on disk")
    throwaway.add_argument("command", nargs="+")
    verbs.add_parser("chromium", help="print where a Chromium is")
    chosen = parser.parse_args()
    if chosen.verb == "chromium":
        return chromium()
    return scratch(chosen.command, durable=chosen.durable)


if __name__ == "__main__":
    sys.exit(main())
