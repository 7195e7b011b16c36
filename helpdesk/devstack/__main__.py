"""`python -m helpdesk.devstack serve`, `scratch -- COMMAND…`, `chromium`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from helpdesk.devstack.chromium import find_chromium
from helpdesk.devstack.serve import serve
from helpdesk.devstack.services import WEB_SERVERS
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


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="helpdesk.devstack")
    verbs = parser.add_subparsers(dest="verb", required=True)
    server = verbs.add_parser("serve", help="start the whole product (script/server)")
    server.add_argument("--server", choices=WEB_SERVERS, default="daphne")
    beside = verbs.add_parser("scratch", help="run a command beside throw-away servers")
    beside.add_argument("--durable", action="store_true", help="PostgreSQL with fsync, on disk")
    beside.add_argument("command", nargs="+")
    verbs.add_parser("chromium", help="print where a Chromium is")
    return parser.parse_args()


def main() -> int:
    chosen = arguments()
    if chosen.verb == "serve":
        return serve(chosen.server)
    if chosen.verb == "scratch":
        return scratch(chosen.command, durable=chosen.durable)
    return chromium()


if __name__ == "__main__":
    sys.exit(main())
