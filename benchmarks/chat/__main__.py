"""`python -m benchmarks.chat`: every target in turn, as often as there are rounds."""

import argparse
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.chat import report
from benchmarks.chat.options import parse_options
from benchmarks.chat.targets import TARGETS
from benchmarks.chat.targets.base import ROOT, People, Target
from benchmarks.chat.turn import Bench, take_turn
from helpdesk.devstack.throwaway import throwaway_servers

RESULTS = ROOT / "benchmarks" / "results"


def sockets_of(scenario: str, options: argparse.Namespace) -> int:
    sockets = {"idle": options.idle_sockets, "reconnect": options.reconnect_sockets}
    return int(sockets.get(scenario, options.visitors))


def jobs(options: argparse.Namespace) -> list[dict[str, Any]]:
    shared = {name: getattr(options, name) for name in ("in_flight", "warm_up", "seconds", "rates")}
    return [{"scenario": scenario, **shared} for scenario in options.scenarios]


def prepare_all(bench: Bench, targets: list[Target], options: argparse.Namespace) -> None:
    people = People(max(sockets_of(name, options) for name in options.scenarios), options.agents)
    for target in {target.family: target for target in targets}.values():
        print(f"preparing {target.family}: {people.visitors} visitors", flush=True)
        bench.prepare(target, people)


def run(options: argparse.Namespace) -> report.Turns:
    targets = [TARGETS[name] for name in options.targets]
    turns: report.Turns = []
    with (
        throwaway_servers(durable=True) as (postgres, valkey),
        tempfile.TemporaryDirectory(prefix="helpdesk-bench-") as folder,
    ):
        bench = Bench.on(postgres, valkey, Path(folder))
        prepare_all(bench, targets, options)
        for job in jobs(options):
            people = People(sockets_of(job["scenario"], options), options.agents)
            able = [t for t in targets if t.resumes or job["scenario"] != "reconnect"]
            for number in range(options.rounds):
                for target in able:
                    figures = take_turn(bench, target, people, job)
                    turns.append(
                        {
                            "target": target.name,
                            "round": number,
                            "scenario": job["scenario"],
                            "figures": figures,
                        }
                    )
                    print(f"round {number + 1}, {target.name}: {_glance(figures)}", flush=True)
    return turns


def _glance(figures: dict[str, Any]) -> str:
    if "loops" in figures:
        return ", ".join(
            f"{loop['in_flight']} in flight: {loop['per_second']:,}/s, {loop['cpu_us_server']:,} µs"
            for loop in figures["loops"]
            if "in_flight" in loop
        )
    return ", ".join(f"{name} {value}" for name, value in figures.items())


def main() -> None:
    options = parse_options(list(TARGETS))
    if options.list:
        print("\n".join(TARGETS))
        return
    page, path = report.write(run(options), vars(options), RESULTS)
    print(f"\n{page}\n{path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
