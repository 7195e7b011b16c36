"""Percentiles and medians."""

from collections.abc import Iterable, Sequence
from statistics import median


def percentile(ordered: Sequence[float], share: float) -> float:
    """Nearest rank, of values already in order; nan when there are none."""
    if not ordered:
        return float("nan")
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def summarise(seconds: Iterable[float]) -> dict[str, float]:
    """p50, p95, p99 and maximum, in milliseconds."""
    ordered = sorted(seconds)
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}
    return {name: round(percentile(ordered, share) * 1000, 2) for name, share in shares.items()}


def median_of(values: Iterable[float]) -> float:
    known = [value for value in values if value == value]  # noqa: PLR0124 (drops nan)
    return median(known) if known else float("nan")
