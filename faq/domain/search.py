"""Finding articles by words: forgiving about letters and endings, pure and bounded.

Text is folded letter by letter (ı and İ are i, ł is l, accents go), so a place in the folded text
is the same place in the original and can be marked there. A word finds itself, what begins with it,
and, if it is long, what shares its stem: Turkish and Polish words change at the end.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from math import log

WORDS = 10
SHORT = 3
STEM_FROM = 6
ENDING = 2
EXCERPT = 160
TITLE_WEIGHT = 3.0
# Of the best one's points; what has less shares but a common word with the question.
WORTH_SHOWING = 0.15
ALONE = {"ı": "i", "İ": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d",
         "ß": "s", "æ": "a", "Æ": "a", "œ": "o", "Œ": "o"}  # fmt: skip
Part = tuple[str, bool]


class _Letters(dict[int, str]):
    """One letter for one letter, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = ALONE.get(letter) or unicodedata.normalize("NFKD", letter)[0].lower()
        self[code] = plain if len(plain) == 1 else letter
        return self[code]


_letters = _Letters()


@lru_cache(maxsize=4000)
def fold(text: str) -> str:
    """As long as the text itself. Kept, since the same articles are searched again and again."""
    return text.translate(_letters)


@lru_cache(maxsize=2000)
def plain(html: str) -> str:
    """An article's own (sanitised) HTML as running text."""
    text = re.sub(r"<[^>]+>", " ", re.sub(r"</?(?:a|code|em|s|strong)\b[^>]*>", "", html))
    return re.sub(r"\s+", " ", unescape(text)).strip()


@dataclass(frozen=True, slots=True)
class Word:
    """A word asked for, folded; `stem` is what a word of a text must begin with to be found, or
    None: it must be the very word."""

    text: str
    stem: str | None

    @property
    def pattern(self) -> str:
        return f"{re.escape(self.text)}\\b" if self.stem is None else re.escape(self.stem) + r"\w*"

    def fit(self, other: str) -> float:
        """How well a word of a text is found by it: 0 to 2."""
        if other == self.text:
            return 2.0
        if self.stem is None or not other.startswith(self.stem):
            return 0.0
        return 1.5 if other.startswith(self.text) else 1.0


@dataclass(frozen=True, slots=True)
class Query:
    words: tuple[Word, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """Every word of a text that one of these finds."""
        return re.compile(rf"\b(?:{'|'.join(word.pattern for word in self.words)})")


def read_query(text: str) -> Query:
    """Of a single letter nothing can be told; nor of two, but as the beginning of the word that is
    being typed."""
    found = re.findall(r"\w+", fold(text))
    words = {word: _word(word, is_last=word == found[-1]) for word in found if len(word) > 1}
    return Query(tuple(words.values())[:WORDS])


def _word(text: str, *, is_last: bool) -> Word:
    if len(text) < SHORT and not is_last:
        return Word(text, None)
    return Word(text, text[:-ENDING] if len(text) >= STEM_FROM else text)


def rank(query: Query, texts: Sequence[tuple[str, str]]) -> list[int]:
    """Places of the texts, (title, body), that answer the query, the best first. Rare words weigh
    more, words in the title thrice as much."""
    if not query.words:
        return []
    pattern = query.pattern
    found = [
        (_points(query, pattern, title), _points(query, pattern, body)) for title, body in texts
    ]
    weights = [_rarity(word, found) for word in range(len(query.words))]
    points = [
        sum(
            weight * max(TITLE_WEIGHT * in_title, in_body)
            for weight, in_title, in_body in zip(weights, *one, strict=True)
        )
        for one in found
    ]
    best = max(points, default=0.0)
    order = sorted(range(len(points)), key=lambda place: -points[place])
    return [place for place in order if points[place] > best * WORTH_SHOWING]


def marked(text: str, query: Query) -> list[Part]:
    """The text in parts, each with whether the query found it."""
    return _parts(text, [found.span() for found in query.pattern.finditer(fold(text))])


def excerpt(text: str, query: Query) -> list[Part]:
    """A piece of the text around what was found, at most 160 letters; its beginning if nothing
    was."""
    first = query.pattern.search(fold(text))
    start = max(0, (first.start() if first else 0) - EXCERPT // 4)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    piece = text[start : start + EXCERPT]
    if start + EXCERPT < len(text):
        piece = piece[: piece.rfind(" ")] if " " in piece else piece
        piece = piece.rstrip(" ,;:") + "…"
    return marked(("…" if start else "") + piece, query)


def _points(query: Query, pattern: re.Pattern[str], text: str) -> list[float]:
    """For each word of the query how well it stands in the text: 0 to 2."""
    there = set(pattern.findall(fold(text)))
    return [max(map(word.fit, there), default=0.0) for word in query.words]


def _rarity(word: int, found: Iterable[tuple[list[float], list[float]]]) -> float:
    has = [bool(title[word] or body[word]) for title, body in found]
    return log(1 + len(has) / (1 + sum(has)))


def _parts(text: str, spans: list[tuple[int, int]]) -> list[Part]:
    parts, at = [], 0
    for start, end in spans:
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [part for part in [*parts, (text[at:], False)] if part[0]]
