"""Figures of all turns to one JSON file and a page that can be read."""

import platform
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from benchmarks.chat.figures import median_of

FAULTS = (
    *("lost", "unacknowledged", "rows_missing"),
    *("doubled", "doubled_to_visitor", "acked_twice", "rows_doubled", "out_of_order", "strays"),
)
REFERENCES = ("reference-default", "reference-kept")

Turns = list[dict[str, Any]]  # {"target", "round", "scenario", "figures"}


def machine() -> dict[str, Any]:
    model = "unknown"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    cores = Path("/proc/cpuinfo").read_text().count("processor\t")
    return {"cpu": model, "cores": cores, "python": platform.python_version()}


def by_target(turns: Turns, scenario: str) -> dict[str, Turns]:
    grouped: dict[str, Turns] = defaultdict(list)
    for turn in turns:
        if turn["scenario"] == scenario:
            grouped[turn["target"]].append(turn)
    return dict(grouped)


def value(turn: dict[str, Any], *path: str) -> float:
    found = turn["figures"]
    for name in path:
        found = found.get(name, {})
    return float("nan") if found == {} or found is None else float(found)


def medians(turns: Turns, *path: str) -> float:
    return median_of(value(turn, *path) for turn in turns)


def ratio(turns: Turns, base: Turns) -> str:
    """Median over the rounds of this target's throughput over the reference's, same round."""
    reference = {turn["round"]: value(turn, "closed", "per_second") for turn in base}
    ratios = [
        value(turn, "closed", "per_second") / reference[turn["round"]]
        for turn in turns
        if reference.get(turn["round"])
    ]
    return f"{median_of(ratios):.1f}" if ratios else "-"


def _spread(turns: Turns) -> str:
    values = [value(turn, "closed", "per_second") for turn in turns]
    return f"{medians(turns, 'closed', 'per_second'):,.0f} ({min(values):,.0f}–{max(values):,.0f})"


def _three(turns: Turns, loop: str, what: str) -> str:
    return " / ".join(f"{medians(turns, loop, what, p):,.1f}" for p in ("p50", "p95", "p99"))


def _faults(turns: Turns, loops: list[str]) -> str:
    totals: dict[str, int] = defaultdict(int)
    for turn in turns:
        for loop in loops:
            part = turn["figures"].get(loop, {})
            for name in FAULTS:
                totals[name] += part.get(name, 0)
            for code, times in part.get("refused", {}).items():
                totals[f"refused: {code}"] += times
        for code, times in turn["figures"].get("closed_sockets", {}).items():
            totals[f"closed {code}"] += times
    found = ", ".join(f"{name} {times}" for name, times in totals.items() if times)
    return found or "0 lost, 0 doubled"


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def closed_table(groups: dict[str, Turns]) -> str:
    head = ["target", "messages/s (min–max)", "× default", "× kept", "ack ms p50 / p95 / p99"]
    head += ["delivery ms p50 / p95 / p99", "CPU µs: server", "PostgreSQL", "Redis", "generator"]
    head += ["others' cores", "faults"]
    rows = []
    for name, turns in groups.items():
        cpu = [
            f"{medians(turns, 'closed', f'cpu_us_{part}'):,.0f}"
            for part in ("server", "database", "redis", "generator")
        ]
        rows.append(
            [
                *(name, _spread(turns)),
                *(ratio(turns, groups.get(reference, [])) for reference in REFERENCES),
                *(_three(turns, "closed", "ack_ms"), _three(turns, "closed", "delivery_ms")),
                *cpu,
                f"{medians(turns, 'closed', 'foreign_cores'):.2f}",
                _faults(turns, ["closed"]),
            ]
        )
    return table(head, rows)


def open_table(groups: dict[str, Turns]) -> str:
    head = ["target", "load", "messages/s", "ack ms p50 / p95 / p99", "delivery ms p50 / p95 / p99"]
    head += ["CPU µs: server", "generator late ms p99", "others' cores", "faults"]
    rows = []
    for name, turns in groups.items():
        loops = [loop for loop, part in turns[0]["figures"].items() if "rate" in part]
        for loop in loops:
            rows.append(
                [
                    *(name, loop, f"{medians(turns, loop, 'rate'):,.0f}"),
                    *(_three(turns, loop, "ack_ms"), _three(turns, loop, "delivery_ms")),
                    f"{medians(turns, loop, 'cpu_us_server'):,.0f}",
                    f"{medians(turns, loop, 'generator_late_ms', 'p99'):.1f}",
                    f"{medians(turns, loop, 'foreign_cores'):.2f}",
                    _faults(turns, [loop]),
                ]
            )
    return table(head, rows)


def plain_table(groups: dict[str, Turns]) -> str:
    """Idle and reconnect: one row a target, medians of whatever numbers there are."""
    names = list(dict.fromkeys(k for turns in groups.values() for k in turns[0]["figures"]))
    rows = []
    for target, turns in groups.items():
        cells = []
        for name in names:
            sample = turns[0]["figures"].get(name)
            if isinstance(sample, dict) and "p50" in sample:
                cells.append(" / ".join(f"{medians(turns, name, p):,.0f}" for p in sample))
            elif isinstance(sample, dict):
                cells.append(", ".join(f"{k}: {v}" for k, v in sample.items()) or "none")
            else:
                cells.append(f"{medians(turns, name):,.1f}")
        rows.append([target, *cells])
    return table(["target", *names], rows)


def render(turns: Turns, options: dict[str, Any]) -> str:
    host = machine()
    chosen = ", ".join(f"{k} {v}" for k, v in options.items() if k not in {"targets", "list"})
    parts = [
        f"# Live chat, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        f"{host['cpu']}, {host['cores']} cores, Python {host['python']}. {chosen}.",
        "Medians over the rounds; a ratio is taken within each round. Latency counts from the "
        "moment a message was due. `others' cores`: CPU that was somebody else's meanwhile.",
    ]
    if loops := by_target(turns, "loops"):
        parts += ["## Closed loop: the most it can do", closed_table(loops)]
        parts += ["## Open loop: a steady load", open_table(loops)]
    for scenario, title in (("idle", "Idle sockets"), ("reconnect", "Everybody back at once")):
        if groups := by_target(turns, scenario):
            parts += [f"## {title}", plain_table(groups)]
    return "\n\n".join(parts) + "\n"


def write(turns: Turns, options: dict[str, Any], folder: Path) -> tuple[str, Path]:
    folder.mkdir(parents=True, exist_ok=True)
    page = render(turns, options)
    path = folder / f"chat-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    path.with_suffix(".md").write_text(page)
    everything = {"machine": machine(), "options": options, "turns": turns}
    path.with_suffix(".json").write_bytes(orjson.dumps(everything, option=orjson.OPT_INDENT_2))
    return page, path.with_suffix(".md")
