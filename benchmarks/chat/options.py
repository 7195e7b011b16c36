"""The command line."""

import argparse
import sys

SCENARIOS = ("loops", "idle", "reconnect")
QUICK = {
    **{"rounds": 2, "seconds": 2.0, "warm_up": 1.0},
    **{"visitors": 200, "idle_sockets": 300, "reconnect_sockets": 300},
}


def parse_options(
    known_targets: list[str], arguments: list[str] | None = None
) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.chat",
        description="Live chat under load, against the naive reference, in one run.",
    )
    add = parser.add_argument
    add("--quick", action="store_true", help="small and short, unless said otherwise")
    add("--targets", nargs="+", choices=known_targets, default=known_targets, metavar="NAME")
    add("--scenarios", nargs="+", choices=SCENARIOS, default=["loops"])
    add("--rounds", type=int, default=5, help="how often each target has its turn")
    add("--seconds", type=float, default=5.0, help="length of a measuring window")
    add("--warm-up", type=float, default=2.0)
    add("--in-flight", type=int, nargs="+", default=[64, 256], help="always under way, each tried")
    add("--visitors", type=int, default=1000)
    add("--agents", type=int, default=20)
    add("--rates", type=float, nargs="*", default=[], help="further open loops, messages/s")
    add("--idle-sockets", type=int, default=2000)
    add("--reconnect-sockets", type=int, default=5000)
    add("--list", action="store_true", help="name the targets and leave")
    if "--quick" in (sys.argv if arguments is None else arguments):
        parser.set_defaults(**QUICK)
    return parser.parse_args(arguments)
