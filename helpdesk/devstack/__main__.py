"""`python -m helpdesk.devstack scratch -- COMMAND` runs a command beside throw-away servers."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

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


def main() -> int:
    parser = argparse.ArgumentParser(prog="helpdesk.devstack")
    verbs = parser.add_subparsers(dest="verb", required=True)
    throwaway = verbs.add_parser("scratch", help="run a command beside throw-away servers")
    throwaway.add_argument("--durable", action="store_true", help="PostgreSQL with fsync, on disk")
    throwaway.add_argument("command", nargs="+")
    chosen = parser.parse_args()
    return scratch(chosen.command, durable=chosen.durable)


if __name__ == "__main__":
    sys.exit(main())
