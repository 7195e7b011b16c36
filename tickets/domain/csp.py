"""Whether a page's content security policy lets a script or a frame of ours in (CSP level 3)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

SCRIPT = ("script-src-elem", "script-src", "default-src")
FRAME = ("frame-src", "child-src", "default-src")
CONNECT = ("connect-src", "default-src")
DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
# A policy for plain connections holds for their secure kind too.
UPGRADES = {("http", "https"), ("ws", "wss"), ("ws", "http"), ("ws", "https"), ("wss", "https")}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?(?P<host>\*|(?:\*\.)?[\w-]+(?:\.[\w-]+)*\.?)"
    r"(?::(?P<port>[0-9]{1,5}|\*))?(?P<path>/[^?#]*)?",
    re.IGNORECASE,
)

Policy = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Script:
    """A script element of the page."""

    url: str
    nonce: str = ""
    integrity: str = ""


def read_policies(headers: Iterable[str]) -> list[Policy]:
    """One header may hold several policies; each has to let a thing in. Of a directive that stands
    twice in one policy the first counts."""
    found: list[Policy] = []
    for policy in ",".join(headers).split(","):
        directives: dict[str, tuple[str, ...]] = {}
        for directive in policy.split(";"):
            name, *sources = directive.split() or [""]
            if name:
                directives.setdefault(name.lower(), tuple(sources))
        if directives:
            found.append(directives)
    return found


def lets_script(policy: Policy, script: Script, page: str) -> bool:
    """A script that the page's own HTML asks for."""
    if "sandbox" in policy and "allow-scripts" not in policy["sandbox"]:
        return False
    sources = _sources(policy, SCRIPT)
    if sources is None or _is_vouched_for(script, sources):
        return True
    if "'strict-dynamic'" in _lower(sources):
        return False
    return _lets_url(sources, script.url, page)


def lets_module(policy: Policy, url: str, script: Script, page: str) -> bool:
    """What that script loads then with `import()`: trust in a script that was vouched for goes on
    only where the policy says so."""
    sources = _sources(policy, SCRIPT)
    if sources is None:
        return True
    if "'strict-dynamic'" in _lower(sources):
        return _is_vouched_for(script, sources)
    return _lets_url(sources, url, page)


def lets_frame(policy: Policy, url: str, page: str) -> bool:
    sources = _sources(policy, FRAME)
    return sources is None or _lets_url(sources, url, page)


def lets_connection(policy: Policy, url: str, page: str) -> bool:
    sources = _sources(policy, CONNECT)
    return sources is None or _lets_url(sources, url, page)


def directive_of(policy: Policy, chain: tuple[str, ...]) -> str:
    """The directive that decides, or the one to write."""
    return next((name for name in chain if name in policy), chain[-2])


def _sources(policy: Policy, chain: tuple[str, ...]) -> tuple[str, ...] | None:
    return next((policy[name] for name in chain if name in policy), None)


def _lower(sources: Iterable[str]) -> set[str]:
    return {source.lower() for source in sources}


def _is_vouched_for(script: Script, sources: tuple[str, ...]) -> bool:
    if script.nonce and f"'nonce-{script.nonce}'" in sources:
        return True
    hashes = [one.partition("?")[0] for one in script.integrity.split()]
    return bool(hashes) and all(f"'{one}'" in sources for one in hashes)


def _lets_url(sources: tuple[str, ...], address: str, page: str) -> bool:
    url, own = urlsplit(address), urlsplit(page)
    return any(_fits(source, url, own) for source in sources)


def _fits(source: str, url: SplitResult, page: SplitResult) -> bool:
    if source.lower() == "'self'":
        return _is_same_or_safer(page, url)
    if source == "*":
        return url.scheme in DEFAULT_PORTS or url.scheme == page.scheme
    if scheme := _SCHEME.fullmatch(source):
        return _scheme_fits(scheme[1].lower(), url.scheme)
    if found := _HOST.fullmatch(source):
        return (
            _scheme_fits((found["scheme"] or page.scheme).lower(), url.scheme)
            and _host_fits(found["host"].lower().rstrip("."), url.hostname or "")
            and _port_fits(found["port"], url)
            and _path_fits(found["path"] or "", url.path)
        )
    return False


def _is_same_or_safer(page: SplitResult, url: SplitResult) -> bool:
    if page.hostname != url.hostname:
        return False
    if (page.scheme, _port(page)) == (url.scheme, _port(url)):
        return True
    have_defaults = page.port is None and url.port is None
    return have_defaults and (page.scheme, url.scheme) in UPGRADES


def _scheme_fits(allowed: str, scheme: str) -> bool:
    return allowed == scheme or (allowed, scheme) in UPGRADES


def _host_fits(allowed: str, host: str) -> bool:
    """A star stands for one name or more before the rest, and for any host when alone."""
    if allowed == "*":
        return True
    if allowed.startswith("*."):
        return host.endswith(allowed[1:])
    return host == allowed


def _port_fits(allowed: str | None, url: SplitResult) -> bool:
    port = _port(url)
    if allowed is None:
        return port == DEFAULT_PORTS.get(url.scheme)
    return allowed == "*" or int(allowed) == port or (allowed, port) == ("80", 443)


def _path_fits(allowed: str, path: str) -> bool:
    if not allowed or allowed == "/":
        return True
    allowed, path = unquote(allowed), unquote(path)
    return path.startswith(allowed) if allowed.endswith("/") else path == allowed


def _port(url: SplitResult) -> int | None:
    return url.port or DEFAULT_PORTS.get(url.scheme)
