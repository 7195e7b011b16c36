"""Rules and facts at random, and what chat/domain/invitations.py says of them: an oracle written
from that page alone, to hold static/widget/loader/rules.js against."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from chat.domain.invitations import Conditions
from chat.queries.loader import FOLDER

Case = dict[str, Any]
CASES = 700
BEHAVIOUR = (
    "seconds_on_page", "pages_seen", "scroll_percent", "idle_seconds", "exit_intent", "returning",
    "cart_value_min",
)  # fmt: skip

# ---- the oracle ----


def expected(rule: dict[str, Any], facts: dict[str, Any]) -> bool | str:
    """True, False or "ask"; a rule's missing conditions are not given."""
    if facts["seconds"] < 5 or not all(_local(name, rule[name], facts) for name in rule):
        return False
    asked = [
        fact
        for name, fact in (("within_opening_hours", "open"), ("agents_available", "free"))
        if rule.get(name)
    ]
    if not asked:
        return True
    return all(facts["state"][fact] for fact in asked) if facts["state"] else "ask"


def _local(name: str, wanted: Any, facts: dict[str, Any]) -> bool:
    """Whether one condition of the browser's own holds."""
    numbers = {
        "seconds_on_page": "seconds", "pages_seen": "pages", "scroll_percent": "scroll",
        "idle_seconds": "idle", "cart_value_min": "cart",
    }  # fmt: skip
    if wanted in (None, False, "", []) and name != "returning":
        return True
    if name in numbers:
        fact = facts[numbers[name]]
        return fact is not None and fact >= wanted
    if name == "exit_intent":
        return bool(facts["exit"])
    if name == "returning":
        return wanted is None or facts["returning"] == wanted
    return _of_a_list(name, wanted, facts)


def _of_a_list(name: str, wanted: Any, facts: dict[str, Any]) -> bool:
    if name == "referrers":
        referrer = _small(_encoded(facts["referrer"], "?"))
        return any(_fits(f"*{_small(_encoded(part, '?'))}*", referrer) for part in wanted)
    if name == "utm":
        fields = parse_qsl(facts["query"].removeprefix("?"), keep_blank_values=True)
        said = [(_small(field), _small(value)) for field, value in fields]
        return all((f"utm_{key}", _small(value)) in said for key, value in wanted.items() if value)
    if name == "urls":
        return any(_fits(_encoded(pattern), _encoded(facts["path"])) for pattern in wanted)
    if name in {"languages", "stages"}:
        return facts[{"languages": "lang", "stages": "stage"}[name]] in wanted
    return True  # the server's


def _small(text: str) -> str:
    return re.sub("[A-Z]", lambda found: found[0].lower(), text)


def _encoded(text: str, kept: str = "") -> str:
    plain = {chr(code) for code in range(0x21, 0x7F)} - set('"#<>?`{}|') | set(kept)
    return "".join(letter if letter in plain else _percent(letter) for letter in text)


def _percent(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode())


def _fits(pattern: str, text: str) -> bool:
    """From end to end; a star stands for anything."""
    first, *rest = pattern.split("*")
    if not text.startswith(first):
        return False
    if not rest:
        return text == first
    text, last = text[len(first) :], rest.pop()
    for part in rest:
        _before, found, text = text.partition(part) if part else ("", "*", text)
        if not found:
            return False
    return text.endswith(last)


# ---- the cases ----

PATH = st.lists(
    st.sampled_from([*"aAİıß😀.+$(-", "lamp", "ödeme", "[x]"]),
    max_size=3,
).map(lambda parts: "/" + "".join(parts))  # fmt: skip
PATTERN = st.one_of(
    st.sampled_from(["*", "/*", "/a*", "*a", "/**", "/*ö*", "/İ*", "/.", "/(*", "/A", "/[x]*"]),
    PATH,
    PATH.map(lambda path: f"{path}*"),
)  # fmt: skip
WORD = st.sampled_from(
    [*"öÖİ~%", "news", "News", "NEWS", "new", "newsletter", "a+b", "a&b=c", "50%", "spring sale"]
)
FIELD = st.sampled_from(["utm_source", "utm_medium", "utm_campaign", "UTM_source", "utm_term", "q"])
PART = st.sampled_from(
    ["google.", "GOOGLE", "shop", "ö", "Ö", ".example/", "a*b", "https://", "%C3", "?q=", "www.*/x"]
)
REFERRER = st.sampled_from(
    [
        "",
        "https://www.google.com/",
        "https://Shop.example/a/x/b",
        "https://www.shop.example/x",
        "https://blog.example/Ödeme",
        "https://blog.example/ö/GOOGLE",
        "http://a.example/?q=google.com",
    ]
)


def _value(word: str, way: int) -> str:
    """One of the ways in which a value may stand in an address."""
    if way == 0:
        return "".join("+" if letter == " " else _percent(letter) for letter in word)
    return "".join(letter if letter.isalnum() else _percent(letter) for letter in word)


QUERY = st.lists(st.tuples(FIELD, st.one_of(WORD, st.just("")), st.integers(0, 1)), max_size=3).map(
    lambda fields: "?" + "&".join(f"{name}={_value(word, way)}" for name, word, way in fields)
)
LANGUAGE = st.sampled_from(["en", "tr", "pl"])
STAGE = st.sampled_from(["before", "during", "after"])
FACTS = st.fixed_dictionaries(
    {
        "seconds": st.integers(3, 40),
        "pages": st.integers(1, 5),
        "scroll": st.integers(0, 100),
        "idle": st.integers(0, 40),
        "exit": st.booleans(),
        "returning": st.booleans(),
        "referrer": REFERRER,
        "query": QUERY,
        "path": PATH,
        "lang": LANGUAGE,
        "stage": st.none() | STAGE,
        "cart": st.none() | st.sampled_from([0, 0.01, 49.99, 50, 50.0, 1e6]),
        "state": st.none()
        | st.none()
        | st.fixed_dictionaries({"open": st.booleans(), "free": st.booleans()}),
    }
)
# What lets the numbers' conditions hold.
WILLING = {"seconds": 40, "pages": 5, "scroll": 100, "idle": 40, "exit": True, "cart": 1e6}
MOSTLY = st.sampled_from([True, True, True, False])
CONDITIONS: dict[str, st.SearchStrategy[Any]] = {
    "seconds_on_page": st.integers(1, 20),
    "pages_seen": st.integers(2, 4),
    "scroll_percent": st.integers(1, 100),
    "idle_seconds": st.integers(1, 20),
    "exit_intent": MOSTLY,
    "returning": st.booleans(),
    "cart_value_min": st.sampled_from([0.01, 49.99, 50, 50.01]),
    "referrers": st.lists(PART, max_size=2),
    "utm": st.fixed_dictionaries(
        {}, optional={"source": WORD, "medium": WORD, "campaign": st.just("") | WORD}
    ),
    "urls": st.lists(PATTERN, max_size=3),
    "languages": st.lists(LANGUAGE, max_size=2, unique=True),
    "stages": st.lists(STAGE, max_size=2, unique=True),
    "within_opening_hours": MOSTLY,
    "agents_available": MOSTLY,
}


@st.composite
def rules(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """That condition and one behaviour, perhaps another condition too."""
    others = st.lists(st.sampled_from(list(CONDITIONS)), max_size=1)
    behaviour = draw(st.sampled_from(BEHAVIOUR))
    if name == "within_opening_hours" and draw(st.booleans()):
        others = st.just(["agents_available"])
    rule = {each: draw(CONDITIONS[each]) for each in (name, behaviour, *draw(others))}
    if not any(rule.get(each) for each in BEHAVIOUR):
        rule[behaviour] = True
    return rule


@st.composite
def fitting(draw: st.DrawFn, name: str, wanted: Any) -> dict[str, Any]:
    """Facts with which that condition holds."""
    if name == "utm":
        fields = [(key, word) for key, word in wanted.items() if word]
        said = [f"UTM_{key}={_value(_swapped(word), 0)}" for key, word in fields]
        return {"query": f"{draw(QUERY)}&{'&'.join(said)}"}
    if name in {"returning", "languages", "stages", "urls", "referrers"} and wanted not in (
        None,
        [],
    ):
        one = wanted if name == "returning" else draw(st.sampled_from(wanted))
        return {
            "returning": lambda: {"returning": one},
            "languages": lambda: {"lang": one},
            "stages": lambda: {"stage": one},
            "urls": lambda: {"path": "/" + one.replace("*", draw(st.sampled_from(["", "x"])))[1:]},
            "referrers": lambda: {"referrer": f"https://x/{_swapped(one.replace('*', 'x'))}"},
        }[name]()
    return {fact: value for fact, value in WILLING.items() if fact in name}


def _swapped(text: str) -> str:
    return "".join(letter.swapcase() if letter.isascii() else letter for letter in text)


@st.composite
def cases(draw: st.DrawFn, name: str) -> Case:
    """A rule of which mostly nothing but that condition is in doubt."""
    rule, facts = draw(rules(name)), draw(FACTS)
    is_easy, fits = draw(st.sampled_from([True, True, False])), draw(st.booleans())
    for other, wanted in rule.items():
        if fits if other == name else is_easy:
            facts |= draw(fitting(other, wanted))
    if is_easy:
        facts["seconds"] = max(facts["seconds"], 5)
    return {"rule": rule, "facts": facts}


# What chance may miss, each with and without luck.
EDGES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"utm": {"source": "News"}}, {"query": "?a=1&UTM_Source=nEWS"}),
    ({"utm": {"source": "News"}}, {"query": "?utm_source=newsletter"}),
    ({"utm": {"source": "News"}}, {"query": "?x_utm_source=news"}),
    ({"utm": {"source": "Ö"}}, {"query": "?utm_source=%C3%B6"}),
    ({"urls": ["/a"]}, {"path": "/x/a"}),
    ({"urls": ["/a"]}, {"path": "/a/x"}),
    ({"urls": ["/a.b"]}, {"path": "/axb"}),
    ({"urls": ["/a.b"]}, {"path": "/a.b"}),
    ({"urls": ["/A"]}, {"path": "/a"}),
    ({"urls": ["/*"]}, {"path": "/"}),
    ({"referrers": ["G.OOGLE"]}, {"referrer": "https://www.google.com/"}),
    ({"referrers": ["GOOGLE."]}, {"referrer": "https://www.google.com/"}),
    ({"referrers": ["o"]}, {"referrer": ""}),
    ({"stages": ["before"]}, {"stage": None}),
    ({"cart_value_min": 0.01}, {"cart": None}),
    ({"seconds_on_page": 1}, {"seconds": 4}),
    ({"seconds_on_page": 1}, {"seconds": 5}),
]
CALM: dict[str, Any] = WILLING | {
    "exit": False, "returning": False, "referrer": "", "query": "", "path": "/", "lang": "en",
    "stage": None, "state": None,
}  # fmt: skip


@cache
def make_cases() -> list[Case]:
    """As many of each condition; the same ones each time."""
    made: list[Case] = [
        {"rule": {"idle_seconds": 1} | rule, "facts": CALM | facts} for rule, facts in EDGES
    ]
    for name in CONDITIONS:

        @settings(
            max_examples=-(-CASES // len(CONDITIONS)),
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            deadline=None,
        )
        @given(cases(name))
        def gather(case: Case) -> None:
            made.append(case)

        gather()
    return made


# ---- the other side ----


def evaluator() -> str:
    """A function of JavaScript from cases to answers: the loader's own, given the facts as its
    invite.js gathers them."""
    page = (FOLDER / "page.js").read_text().replace("__HELPDESK_SETTINGS__", '{"inbox": ""}')
    return f"""(cases) => {{
        {page}
        {(FOLDER / "rules.js").read_text()}
        return cases.map(({{ rule, facts }}) => holds(rule, {{
            ...facts,
            referrer: (facts.referrer && new URL(facts.referrer).href).toLowerCase(),
            query: plain(facts.query),
            path: new URL(facts.path, "http://shop.example").pathname,
        }}));
    }}"""


def compacted(made: list[Case]) -> list[Case]:
    """With the rules as the loader carries them."""
    return [{"rule": Conditions(**case["rule"]).compact(), "facts": case["facts"]} for case in made]


def differences(made: list[Case], answers: list[Any]) -> list[str]:
    return [
        f"{case}: expected {wanted}, got {answer}"
        for case, answer in zip(made, answers, strict=True)
        if (wanted := expected(case["rule"], case["facts"])) is not answer and wanted != answer
    ]


def decided(made: list[Case]) -> Counter[str]:
    """How many cases turn out otherwise without some condition: which ones are really tried."""
    counts: Counter[str] = Counter()
    for case in made:
        rule, facts = case["rule"], case["facts"]
        for name in rule:
            rest = {other: value for other, value in rule.items() if other != name}
            counts[name] += expected(rest, facts) != expected(rule, facts)
    return counts
