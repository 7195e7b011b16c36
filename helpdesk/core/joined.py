"""Joins ES modules into one, for pages where each request counts.

Every module becomes a function of its own, called once, in the order of the imports, and hands out
what it exports:

    const m1 = (() => { const { html } = m0; …; return { Log }; })();

Names cannot collide and nothing is guessed: a form of `import` or `export` that is not known here
is an error. What a module imports later (`import("./rating.js")`) is joined into a file of its own,
which takes the modules that are there already from the first. Exported variables keep the value
they have once their module has run.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Set
from functools import cache
from posixpath import dirname, join, normpath, relpath

Read = Callable[[str], str]
SUFFIX = ".joined.js"

_NAMES = r"\{[^}]*\}"
_FROM = r"""\s*from\s*["'](?P<path>\.[^"']+)["'];?"""
# Our sources begin a line with it; in minified ones it comes behind `}` or `;`.
_START = r"(?:^|(?<=[;}])|(?<=[;}] ))"
IMPORT = re.compile(
    rf"{_START}import\s*(?:(?P<default>[\w$]+)\s*,?\s*)?"
    rf"(?:(?P<names>{_NAMES})|\*\s*as\s+(?P<space>[\w$]+))?{_FROM}",
    re.MULTILINE,
)
IMPORT_FOR_EFFECT = re.compile(rf"{_START}import\s*[\"'](?P<path>\.[^\"']+)[\"'];?", re.MULTILINE)
REEXPORT = re.compile(rf"{_START}export\s*(?P<names>{_NAMES}|\*){_FROM}", re.MULTILINE)
EXPORT_LIST = re.compile(rf"{_START}export\s*(?P<names>{_NAMES});?", re.MULTILINE)
_DECLARED = r"(?P<kind>class|(?:async\s+)?function)\s+(?P<name>(?!extends\b)[\w$]+)"
EXPORT_DEFAULT_NAMED = re.compile(rf"{_START}export\s+default\s+{_DECLARED}", re.MULTILINE)
EXPORT_DEFAULT = re.compile(rf"{_START}export\s+default\s+", re.MULTILINE)
EXPORT = re.compile(
    rf"{_START}export\s+(?P<kind>const|let|class|(?:async\s+)?function)\s+(?P<name>[\w$]+)",
    re.MULTILINE,
)
UNKNOWN = re.compile(rf"{_START}(?:export\b|import\s*[\w{{*\"'])", re.MULTILINE)
# Types in comments name modules too.
_COMMENT = re.compile(r"/\*\*(?:(?!\*/).)*\*/", re.DOTALL)
LATER = re.compile(r"""\bimport\((["'])(?P<path>\.[^"'`$]+)\1\)""")


class CannotJoin(Exception):
    """A module that is written in a way this file does not know, or that imports itself."""


def joined_name(name: str) -> str:
    return name.removesuffix(".js") + SUFFIX


def imports_of(text: str, name: str) -> list[str]:
    """The modules that `name` needs before it runs, in order."""
    found = [*IMPORT.finditer(text), *IMPORT_FOR_EFFECT.finditer(text), *REEXPORT.finditer(text)]
    found.sort(key=lambda match: match.start())
    return list(dict.fromkeys(_resolve(match["path"], name) for match in found))


def join_all(entry: str, read: Read) -> dict[str, str]:
    """The joined texts by name: the entry's, one for each module that is imported later, and one
    for what several of those need, since a module must not run twice.

    `read` gives a module's source by its name below the static root. Raises CannotJoin.
    """
    read = _without_comments(read)
    first = list(_in_order(entry, read))
    chunks: dict[str, list[str]] = {}
    waiting = _later(first, read)
    while waiting:
        name = waiting.pop(0)
        if name not in chunks:
            chunks[name] = [module for module in _in_order(name, read) if module not in first]
            waiting += _later(chunks[name], read)
    uses = Counter(module for chunk in chunks.values() for module in chunk)
    shared = [module for module, times in uses.items() if times > 1]
    # The table names only what a later file asks for: each name weighs.
    later = {name for chunk in chunks.values() for name in chunk}
    asked = set(chunks).union(*(imports_of(read(name), name) for name in later))
    main, common = joined_name(entry), joined_name(entry.removesuffix(".js") + ".common.js")
    texts = {main: _Joint(main, first, read).text(asked=asked)}
    if shared:
        texts[common] = _Joint(common, shared, read, base=main).text(asked=asked)
    for name, chunk in chunks.items():
        base = common if set(chunk) & set(shared) else main
        own = [module for module in chunk if module not in shared]
        texts[joined_name(name)] = _Joint(joined_name(name), own, read, base=base).text(of=name)
    return texts


def _without_comments(read: Read) -> Read:
    return cache(lambda name: _COMMENT.sub("", read(name)))


def _in_order(
    entry: str, read: Read, trail: tuple[str, ...] = (), seen: set[str] | None = None
) -> Iterator[str]:
    """The entry and all it imports, each after what it imports itself."""
    seen = set() if seen is None else seen
    if entry in trail:
        raise CannotJoin(f"{entry} imports itself through {' > '.join(trail)}")
    if entry in seen:
        return
    for name in imports_of(read(entry), entry):
        yield from _in_order(name, read, (*trail, entry), seen)
    seen.add(entry)
    yield entry


def _later(names: list[str], read: Read) -> list[str]:
    return [_resolve(found["path"], name) for name in names for found in LATER.finditer(read(name))]


class _Joint:
    """One joined file; `base` is the one whose `modules` it takes those from that it has not."""

    def __init__(self, file: str, names: list[str], read: Read, base: str | None = None) -> None:
        self.file, self.read, self.base = file, read, base
        self.variables = {name: f"m{index}" for index, name in enumerate(names)}

    def text(self, *, of: str | None = None, asked: Set[str] = frozenset()) -> str:
        """Hands out a table of the modules `asked` for; or what `import()` of one module gives."""
        lines = []
        if self.base is not None:
            lines.append(f'import {{ modules }} from "{self.path_to(self.base)}";')
        for name, variable in self.variables.items():
            module = self._module(name)
            lines.append(f"const {variable} = (() => {{\n{module.code}\n{module.answer()}\n}})();")
        return "\n".join(lines + (self._given(of) if of else [self._table(asked)]))

    def variable_of(self, name: str) -> str:
        return self.variables.get(name, f'modules["{name}"]')

    def path_to(self, target: str) -> str:
        path = relpath(target, dirname(self.file) or ".")
        return path if path.startswith(".") else f"./{path}"

    def _module(self, name: str) -> "_Module":
        return _Module(self.read(name), name, self)

    def _table(self, asked: Set[str]) -> str:
        mine = self.variables.items()
        own = [f'"{name}": {variable}' for name, variable in mine if name in asked]
        if self.base is None:
            return f"export const modules = {{ {', '.join(own)} }};"
        return f"const all = {{ ...modules, {', '.join(own)} }};\nexport {{ all as modules }};"

    def _given(self, name: str) -> list[str]:
        source = self.variable_of(name)
        outer = [given for given, _inner in self._module(name).exports if given]
        names = ", ".join(given for given in outer if given != "default")
        lines = [f"export const {{ {names} }} = {source};"] if names else []
        return lines + ([f"export default {source}.default;"] if "default" in outer else [])


class _Module:
    """A module's text as the body of a function, and what that hands out.

    `exports` are (name outside, what it is inside); no name outside: all of what it is.
    """

    def __init__(self, text: str, name: str, joint: _Joint) -> None:
        self.name, self.joint = name, joint
        self.exports: list[tuple[str, str]] = []
        for pattern, replace in (
            (IMPORT, self._imported),
            (IMPORT_FOR_EFFECT, lambda _match: ""),
            (REEXPORT, self._reexported),
            (EXPORT_LIST, self._listed),
            (EXPORT_DEFAULT_NAMED, self._named_default),
            (EXPORT_DEFAULT, self._by_default),
            (EXPORT, self._declared),
        ):
            text = pattern.sub(replace, text)
        if unknown := UNKNOWN.search(text):
            raise CannotJoin(f"{name}: {text[unknown.start() :][:60]!r}")
        self.code = LATER.sub(self._imported_later, text)

    def answer(self) -> str:
        given = ", ".join(f"{outer}: {inner}" if outer else inner for outer, inner in self.exports)
        return f"return {{ {given} }};"

    def _source(self, match: re.Match[str]) -> str:
        return self.joint.variable_of(_resolve(match["path"], self.name))

    def _imported(self, match: re.Match[str]) -> str:
        source, parts = self._source(match), []
        if match["default"]:
            parts.append(f"const {match['default']} = {source}.default;")
        if match["space"]:
            parts.append(f"const {match['space']} = {source};")
        if match["names"]:
            parts.append(f"const {match['names'].replace(' as ', ': ')} = {source};")
        return " ".join(parts)

    def _reexported(self, match: re.Match[str]) -> str:
        source = self._source(match)
        if match["names"] == "*":
            self.exports.append(("", f"...{source}"))
        else:
            self.exports += [
                (outer, f"{source}.{inner}") for inner, outer in _pairs(match["names"])
            ]
        return ""

    def _listed(self, match: re.Match[str]) -> str:
        self.exports += [(outer, inner) for inner, outer in _pairs(match["names"])]
        return ""

    def _named_default(self, match: re.Match[str]) -> str:
        self.exports.append(("default", match["name"]))
        return f"{match['kind']} {match['name']}"

    def _by_default(self, _match: re.Match[str]) -> str:
        self.exports.append(("default", "_default"))
        return "const _default = "

    def _declared(self, match: re.Match[str]) -> str:
        if match["kind"] == "let":
            raise CannotJoin(f"{self.name} exports a variable that may change: {match['name']}")
        self.exports.append((match["name"], match["name"]))
        return f"{match['kind']} {match['name']}"

    def _imported_later(self, match: re.Match[str]) -> str:
        target = joined_name(_resolve(match["path"], self.name))
        return f'import("{self.joint.path_to(target)}")'


def _pairs(names: str) -> list[tuple[str, str]]:
    """`{ a, b as c }` as (inner, outer)."""
    found = [part.strip() for part in names.strip("{} \n*").split(",")]
    return [
        (inner, outer or inner)
        for inner, _, outer in (one.partition(" as ") for one in found if one)
    ]


def _resolve(path: str, name: str) -> str:
    return normpath(join(dirname(name), path))
