"""What is wrong with a page on which our chat should be: pure, from its HTML and headers."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from html.parser import HTMLParser
from urllib.parse import SplitResult, parse_qs, quote, urljoin, urlsplit

from tickets.domain import csp

LOADER = "/widget/loader.js"
# What stands in these is text to a browser that runs scripts; what stands in a template is not run.
TEXT = {"noscript", "textarea", "title", "xmp", "iframe"}
JAVASCRIPT = {"", "text/javascript", "application/javascript", "application/ecmascript"}
LOOSE = "/*%:@!$&'()+,;="


class Verdict(StrEnum):
    """Each has its words in tickets/views/manage/findings.py."""

    STATUS = "status"
    MOVED = "moved"
    NO_SNIPPET = "no_snippet"
    INERT = "inert"
    TWICE = "twice"
    RELATIVE = "relative"
    WRONG_ORIGIN = "wrong_origin"
    OLD_ADDRESS = "old_address"
    NO_INBOX = "no_inbox"
    OTHER_INBOX = "other_inbox"
    NOT_RUN = "not_run"
    MODULE = "module"
    NOT_ASYNC = "not_async"
    INTEGRITY = "integrity"
    NO_TARGET = "no_target"
    CSP_SCRIPT = "csp_script"
    CSP_FRAME = "csp_frame"
    CSP_CONNECT = "csp_connect"
    SWITCHED_OFF = "switched_off"
    NOT_ALLOWED = "not_allowed"
    HIDDEN = "hidden"
    MIXED = "mixed"
    LOCAL = "local"
    GOOD = "good"


# The chat works, or would; these are worth knowing.
HINTS = {
    Verdict.MOVED,
    Verdict.MODULE,
    Verdict.NOT_ASYNC,
    Verdict.HIDDEN,
    Verdict.NO_TARGET,
    Verdict.CSP_CONNECT,
}
# With one of these nothing is said of how the snippet would do.
HOPELESS = {Verdict.NO_SNIPPET, Verdict.INERT}


@dataclass(frozen=True, slots=True)
class Finding:
    """`value` is what was found, for the sentence."""

    verdict: Verdict
    value: str = ""

    @property
    def is_hint(self) -> bool:
        return self.verdict in HINTS


@dataclass(frozen=True, slots=True)
class Site:
    """The inbox whose chat should be on the page. `others` are names of further inboxes by public
    id; `origin` is ours."""

    origin: str
    inbox: str
    is_active: bool = True
    allowed_origins: Sequence[str] = ()
    hide_on: Sequence[str] = ()
    others: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `asked` is the address that was asked for, `headers` are in lower case."""

    asked: str
    url: str
    status: int
    headers: Sequence[tuple[str, str]]
    html: str

    def all_of(self, name: str) -> list[str]:
        return [value for header, value in self.headers if header == name]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A script element that names a loader; `src` as it stands there, `url` where that leads."""

    src: str
    url: str
    attributes: dict[str, str]
    is_inert: bool


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base, self.text, self.templates = url, "", 0
        self.snippets, self.policies, self.ids = list[Snippet](), list[str](), set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes: dict[str, str] = {}
        for name, value in attrs:
            attributes.setdefault(name, value or "")
        if tag == "script":
            self._script(attributes)
        elif tag == "template" and not self.text:
            self.templates += 1
        elif not self._is_inert:
            self._element(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        if tag == self.text:
            self.text = ""
        elif tag == "template" and not self.text:
            self.templates = max(0, self.templates - 1)

    @property
    def _is_inert(self) -> bool:
        return bool(self.text or self.templates)

    def _element(self, tag: str, attributes: dict[str, str]) -> None:
        self.ids.add(attributes.get("id", ""))
        if tag in TEXT:
            self.text = tag
        elif tag == "base" and "href" in attributes:
            self.base = _join(self.base, attributes["href"])
        elif (
            tag == "meta" and attributes.get("http-equiv", "").lower() == "content-security-policy"
        ):
            self.policies.append(attributes.get("content", ""))

    def _script(self, attributes: dict[str, str]) -> None:
        src = attributes.get("src") or attributes.get("data-src", "")
        url = _join(self.base, src.strip())
        if urlsplit(url).path.endswith("loader.js") and "widget" in url:
            self.snippets.append(Snippet(src.strip(), url, attributes, self._is_inert))


def _join(base: str, address: str) -> str:
    try:
        url = urljoin(base, address)
        urlsplit(url).port  # noqa: B018  # raises for what is no port
    except ValueError:
        return base
    return url


def judge(answer: Answer, site: Site) -> list[Finding]:
    """What stops the chat first, then what is merely worth knowing; alone `GOOD` if nothing."""
    page = _Reader(answer.url)
    # Not closed: what is not finished at the end is no element for browsers either, and looking for
    # its end again and again would take this parser hours.
    # Nor read on after a declaration that it takes for a fault of its caller.
    with suppress(AssertionError):
        page.feed(answer.html)
    if not 200 <= answer.status < 300:
        return [Finding(Verdict.STATUS, str(answer.status))]
    found = [*_of_page(answer, site), *_of_snippets(page.snippets, answer, site)]
    if not HOPELESS & {finding.verdict for finding in found}:
        snippet = next(one for one in page.snippets if not one.is_inert)
        found += _of_policies(answer, page.policies, snippet, site)
        found += _of_target(snippet, page.ids)
    problems = [finding for finding in found if not finding.is_hint]
    hints = [finding for finding in found if finding.is_hint]
    return [*problems, *hints] if problems else [Finding(Verdict.GOOD), *hints]


def _of_page(answer: Answer, site: Site) -> list[Finding]:
    """Where the page is, and whether the inbox may and would be shown there."""
    found, page, own = [], urlsplit(answer.url), urlsplit(site.origin)
    origin = origin_of(page)
    if not site.is_active:
        found.append(Finding(Verdict.SWITCHED_OFF))
    if site.allowed_origins and origin not in {*site.allowed_origins, site.origin}:
        found.append(Finding(Verdict.NOT_ALLOWED, origin))
    if _is_local(own) and not _is_local(page):
        found.append(Finding(Verdict.LOCAL, site.origin))
    elif (page.scheme, own.scheme) == ("https", "http") and not _is_local(own):
        found.append(Finding(Verdict.MIXED, site.origin))
    if origin_of(urlsplit(answer.asked)) != origin:
        found.append(Finding(Verdict.MOVED, answer.url))
    if pattern := _hiding(site.hide_on, page.path or "/"):
        found.append(Finding(Verdict.HIDDEN, pattern))
    return found


def origin_of(url: SplitResult) -> str:
    """As a browser writes it: without a port that goes without saying."""
    host = url.hostname or ""
    host = f"[{host}]" if ":" in host else host
    is_usual = url.port in {None, csp.DEFAULT_PORTS.get(url.scheme)}
    return f"{url.scheme}://{host}" if is_usual else f"{url.scheme}://{host}:{url.port}"


def _is_local(url: SplitResult) -> bool:
    host = url.hostname or ""
    return host in {"localhost", "::1"} or host.endswith(".localhost") or host.startswith("127.")


def _hiding(patterns: Iterable[str], path: str) -> str:
    """The pattern that takes the button from this path; "" for none. As the loader reads them."""
    for pattern in patterns:
        wanted = ".*".join(re.escape(part) for part in re.split(r"\*+", quote(pattern, safe=LOOSE)))
        if re.fullmatch(wanted, quote(path, safe=LOOSE)):
            return pattern
    return ""


def _of_snippets(snippets: list[Snippet], answer: Answer, site: Site) -> list[Finding]:
    running = [snippet for snippet in snippets if not snippet.is_inert]
    if not running:
        return [Finding(Verdict.INERT if snippets else Verdict.NO_SNIPPET)]
    found = _of_address(running[0], answer, site) or _of_inbox(running[0], site)
    if len(running) > 1:
        found.append(Finding(Verdict.TWICE, str(len(running))))
    return found + _of_attributes(running[0])


def _of_address(snippet: Snippet, answer: Answer, site: Site) -> list[Finding]:
    url, own = urlsplit(snippet.url), urlsplit(site.origin)
    if (url.scheme, url.netloc.lower()) != (own.scheme, own.netloc.lower()):
        is_relative = not re.match(r"([a-z][a-z0-9+.-]*:)?//", snippet.src, re.IGNORECASE)
        verdict = Verdict.RELATIVE if is_relative else Verdict.WRONG_ORIGIN
        if url.netloc.lower() == own.netloc.lower() and answer.url.startswith("https:"):
            verdict = Verdict.MIXED
        return [Finding(verdict, snippet.src if is_relative else origin_of(url))]
    return [] if url.path == LOADER else [Finding(Verdict.OLD_ADDRESS, url.path)]


def _of_inbox(snippet: Snippet, site: Site) -> list[Finding]:
    named = parse_qs(urlsplit(snippet.url).query).get("i", [""])[0].strip().lower()
    if named == site.inbox:
        return []
    if named in site.others:
        return [Finding(Verdict.OTHER_INBOX, site.others[named])]
    return [Finding(Verdict.NO_INBOX, named)]


def _of_attributes(snippet: Snippet) -> list[Finding]:
    found, attributes = [], snippet.attributes
    kind = attributes.get("type", "").strip().lower()
    if "src" not in attributes or (kind not in JAVASCRIPT and kind != "module"):
        found.append(Finding(Verdict.NOT_RUN, kind or "data-src"))
    if kind == "module":
        found.append(Finding(Verdict.MODULE))
    elif not {"async", "defer"} & attributes.keys():
        found.append(Finding(Verdict.NOT_ASYNC))
    if attributes.get("integrity", "").strip():
        found.append(Finding(Verdict.INTEGRITY))
    return found


def _of_target(snippet: Snippet, ids: set[str]) -> list[Finding]:
    target = snippet.attributes.get("data-target", "")
    is_missing = re.fullmatch(r"#[\w-]+", target) and target[1:] not in ids
    return [Finding(Verdict.NO_TARGET, target)] if is_missing else []


def _of_policies(answer: Answer, in_page: list[str], snippet: Snippet, site: Site) -> list[Finding]:
    """Each policy has to let in the loader, what it loads, and the frame. An address that is wrong
    has been said already: what counts here is where the snippet should lead."""
    policies = csp.read_policies([*answer.all_of("content-security-policy"), *in_page])
    base, page = f"{site.origin}/widget/{site.inbox}/", answer.url
    script = csp.Script(
        f"{site.origin}{LOADER}",
        snippet.attributes.get("nonce", ""),
        snippet.attributes.get("integrity", ""),
    )
    found = []
    for policy in policies:
        is_let_in = csp.lets_script(policy, script, page) and csp.lets_module(
            policy, f"{base}panel.js", script, page
        )
        if not is_let_in:
            found.append(Finding(Verdict.CSP_SCRIPT, csp.directive_of(policy, csp.SCRIPT)))
        if not csp.lets_frame(policy, f"{base}frame/", page):
            found.append(Finding(Verdict.CSP_FRAME, csp.directive_of(policy, csp.FRAME)))
        if not csp.lets_connection(policy, f"{base}state.json", page):
            found.append(Finding(Verdict.CSP_CONNECT, csp.directive_of(policy, csp.CONNECT)))
    return list(dict.fromkeys(found))
