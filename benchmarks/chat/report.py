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


def value(record: dict[str, Any], *path: str) -> float:
    """A figure, nan where there is none."""
    found: Any = record
    for name in path:
        found = found.get(name, {})
    return float("nan") if found == {} or found is None else float(found)


def medians(records: list[dict[str, Any]], *path: str) -> float:
    return median_of(value(record, *path) for record in records)


def ratio(turns: Turns, base: Turns) -> str:
    """Median over the rounds of what this target reached over what the reference did."""
    reference = {turn["round"]: value(turn["figures"], "most") for turn in base}
    ratios = [
        value(turn["figures"], "most") / reference[turn["round"]]
        for turn in turns
        if reference.get(turn["round"])
    ]
    return f"{median_of(ratios):.1f}" if ratios else "-"


def _spread(values: list[float], digits: int = 0) -> str:
    low, high = min(values), max(values)
    return f"{median_of(values):,.{digits}f} ({low:,.{digits}f}–{high:,.{digits}f})"


def _three(loops: list[dict[str, Any]], what: str) -> str:
    return " / ".join(f"{medians(loops, what, p):,.1f}" for p in ("p50", "p95", "p99"))


def faults(loops: list[dict[str, Any]]) -> str:
    totals: dict[str, int] = defaultdict(int)
    for loop in loops:
        for name in FAULTS:
            totals[name] += loop.get(name, 0)
        for code, times in loop.get("refused", {}).items():
            totals[f"refused: {code}"] += times
    found = ", ".join(f"{name} {times}" for name, times in totals.items() if times)
    return found or "0 lost, 0 doubled"


def closed_sockets(turns: Turns) -> str:
    totals: dict[str, int] = defaultdict(int)
    for turn in turns:
        for code, times in turn["figures"].get("closed_sockets", {}).items():
            totals[code] += times
    return ", ".join(f"{code}: {times}" for code, times in totals.items()) or "none"


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def loops_by(turns: Turns, key: str) -> dict[Any, list[dict[str, Any]]]:
    """The loops of all rounds that have `key`, grouped by its value."""
    grouped: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for turn in turns:
        for loop in turn["figures"]["loops"]:
            if key in loop:
                grouped[loop[key]].append(loop)
    return dict(grouped)


def most_table(groups: dict[str, Turns]) -> str:
    head = ["target", "most messages/s (min–max)", "× default", "× kept", "sockets closed on us"]
    rows = [
        [
            *(name, _spread([value(turn["figures"], "most") for turn in turns])),
            *(ratio(turns, groups.get(reference, [])) for reference in REFERENCES),
            closed_sockets(turns),
        ]
        for name, turns in groups.items()
    ]
    return table(head, rows)


def closed_table(groups: dict[str, Turns]) -> str:
    head = ["target", "in flight", "messages/s", "ack ms p50 / p95 / p99"]
    head += ["delivery ms p50 / p95 / p99", "CPU µs: server (min–max)", "PostgreSQL", "Redis"]
    head += ["generator", "others' cores", "faults"]
    rows = []
    for name, turns in groups.items():
        for in_flight, loops in loops_by(turns, "in_flight").items():
            parts = ("database", "redis", "generator")
            rows.append(
                [
                    *(name, str(in_flight), f"{medians(loops, 'per_second'):,.0f}"),
                    *(_three(loops, "ack_ms"), _three(loops, "delivery_ms")),
                    _spread([value(loop, "cpu_us_server") for loop in loops]),
                    *(f"{medians(loops, f'cpu_us_{part}'):,.0f}" for part in parts),
                    *(f"{medians(loops, 'foreign_cores'):.2f}", faults(loops)),
                ]
            )
    return table(head, rows)


def open_table(groups: dict[str, Turns]) -> str:
    head = ["target", "load", "messages/s", "ack ms p50 / p95 / p99", "delivery ms p50 / p95 / p99"]
    head += ["CPU µs: server", "generator late ms p99", "others' cores", "faults"]
    rows = []
    for name, turns in groups.items():
        for load, loops in loops_by(turns, "load").items():
            rows.append(
                [
                    *(name, load, f"{medians(loops, 'rate'):,.0f}"),
                    *(_three(loops, "ack_ms"), _three(loops, "delivery_ms")),
                    f"{medians(loops, 'cpu_us_server'):,.0f}",
                    f"{medians(loops, 'generator_late_ms', 'p99'):.1f}",
                    *(f"{medians(loops, 'foreign_cores'):.2f}", faults(loops)),
                ]
            )
    return table(head, rows)


def plain_table(groups: dict[str, Turns]) -> str:
    """Idle and reconnect: one row a target, medians of whatever numbers there are."""
    names = list(dict.fromkeys(k for turns in groups.values() for k in turns[0]["figures"]))
    rows = []
    for target, turns in groups.items():
        cells, figures = [], [turn["figures"] for turn in turns]
        for name in names:
            sample = turns[0]["figures"].get(name)
            if isinstance(sample, dict) and "p50" in sample:
                cells.append(" / ".join(f"{medians(figures, name, p):,.0f}" for p in sample))
            elif isinstance(sample, dict):
                cells.append(", ".join(f"{k}: {v}" for k, v in sample.items()) or "none")
            else:
                cells.append(f"{medians(figures, name):,.1f}")
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
        parts += ["## The most it can do", most_table(loops)]
        parts += ["## Closed loop: so many always under way", closed_table(loops)]
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
