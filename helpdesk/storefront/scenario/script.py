"""The form of a written conversation."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """`who`: customer, agent, note (internal), or hand (over to the team `to`, with a note)."""

    who: str
    text: str
    to: str = ""


def c(text: str) -> Line:
    return Line("customer", text)


def a(text: str) -> Line:
    return Line("agent", text)


def n(text: str) -> Line:
    return Line("note", text)


def hand(to: str, text: str) -> Line:
    return Line("hand", text, to)


@dataclass(frozen=True, slots=True)
class Talk:
    """`page` is where the visitor writes from; placeholders: {order}, {lamp}, {agent}, {name}."""

    label: str
    page: str
    lines: list[Line]
    scores: tuple[int, ...] = (4, 5, 5)


@dataclass(frozen=True, slots=True)
class Voice:
    """A language: its people, what they say, and what they write with a rating."""

    names: list[str]
    talks: list[Talk]
    praise: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
