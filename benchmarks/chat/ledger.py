"""What became of each message: when it was due, acknowledged, delivered, and how often.

A message's number is in its `ref`, and the `ref` opens its body, so acks and deliveries are matched
without a table, and whatever a server does to its own ids.
"""

from collections import Counter
from collections.abc import Callable
from time import perf_counter
from typing import Any

TEXT = " Good morning, could you tell me when my lamp will be sent?"
REF_LENGTH = 36


def ref_of(phase: int, number: int) -> str:
    return f"{phase:08x}-0000-4000-8000-{number:012x}"


class Ledger:
    """The books of one phase. `on_complete` is called when a message is acked and delivered."""

    def __init__(self, phase: int, on_complete: Callable[[], None]) -> None:
        self.phase = f"{phase:08x}"
        self.number_of_phase = phase
        self.on_complete = on_complete
        self.due: list[float] = []
        self.sent: list[float] = []
        self.acked: list[float] = []
        self.delivered: list[float] = []
        self.copies: list[int] = []  # on the agent's socket
        self.echoes: list[int] = []  # on the visitor's own
        self.acks: list[int] = []
        self.refusals: Counter[str] = Counter()
        self.strays = 0
        self.out_of_order = 0
        self.completed: list[float] = []  # when
        self._last_seq: dict[str, int] = {}

    def open(self, due: float | None = None) -> tuple[str, str]:
        """Enter a new message; returns its ref and body."""
        ref = ref_of(self.number_of_phase, len(self.sent))
        now = perf_counter()
        self.due.append(now if due is None else due)
        self.sent.append(now)
        self.acked.append(0.0)
        self.delivered.append(0.0)
        self.copies.append(0)
        self.echoes.append(0)
        self.acks.append(0)
        return ref, ref + TEXT

    def note_ack(self, frame: dict[str, Any]) -> None:
        number = self._number(frame["ref"])
        if number is None:
            return
        self.acks[number] += 1
        if self.acks[number] == 1:
            self.acked[number] = perf_counter()
            self._complete_if_both(number)

    def note_error(self, frame: dict[str, Any]) -> None:
        self.refusals[str(frame.get("code"))] += 1

    def note_delivery(self, frame: dict[str, Any], to_agent: bool) -> None:
        message = frame["message"]
        number = self._number(message["body"][:REF_LENGTH])
        if number is None:
            return
        if not to_agent:
            self.echoes[number] += 1
            return
        self.copies[number] += 1
        if self.copies[number] == 1:
            self._note_order(frame["ticket"], message["seq"])
            self.delivered[number] = perf_counter()
            self._complete_if_both(number)

    @property
    def unfinished(self) -> int:
        return len(self.sent) - len(self.completed)

    def losses(self) -> dict[str, Any]:
        """Everything that should be nought."""
        return {
            "unacknowledged": sum(1 for count in self.acks if count == 0),
            "lost": sum(
                1 for acks, copies in zip(self.acks, self.copies, strict=True) if acks > copies == 0
            ),
            "doubled": sum(1 for count in self.copies if count > 1),
            "doubled_to_visitor": sum(1 for count in self.echoes if count > 1),
            "acked_twice": sum(1 for count in self.acks if count > 1),
            "out_of_order": self.out_of_order,
            "strays": self.strays,
            "refused": dict(self.refusals),
        }

    def latencies(self, since: float, until: float) -> tuple[list[float], list[float]]:
        """Ack and delivery times of what was due in the window, from the moment it was due."""
        numbers = [i for i, due in enumerate(self.due) if since <= due < until]
        acks = [self.acked[i] - self.due[i] for i in numbers if self.acks[i]]
        deliveries = [self.delivered[i] - self.due[i] for i in numbers if self.copies[i]]
        return acks, deliveries

    def _number(self, ref: str) -> int | None:
        if ref[:8] != self.phase:
            self.strays += 1
            return None
        return int(ref[24:], 16)

    def _note_order(self, ticket: str, seq: int) -> None:
        if seq <= self._last_seq.get(ticket, 0):
            self.out_of_order += 1
        self._last_seq[ticket] = seq

    def _complete_if_both(self, number: int) -> None:
        if self.acks[number] and self.copies[number]:
            self.completed.append(perf_counter())
            self.on_complete()
