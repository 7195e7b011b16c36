"""What is said of a page on which the chat should be."""

from typing import Any

import pytest

from tickets.domain.installation import Answer, Finding, Site, Verdict, judge

INBOX = "6f1c1a53-0c39-4a5c-9a3d-3f5b2d7f8a11"
OTHER = "0b6d2c57-6f0c-4f9e-8f43-6d1f6e0a7c22"
SITE = Site("https://help.example", INBOX, others={OTHER: "Wholesale"})
LINE = f'<script async src="https://help.example/widget/loader.js?i={INBOX}"></script>'
GOOD = [Finding(Verdict.GOOD)]


def check(
    html: str = LINE,
    *headers: tuple[str, str],
    url: str = "https://shop.example/lamps",
    asked: str = "",
    status: int = 200,
    site: Site = SITE,
) -> list[Finding]:
    return judge(Answer(asked or url, url, status, headers, f"<p>Lamps</p>{html}"), site)


def verdicts(*arguments: Any, **more: Any) -> list[str]:
    return [str(finding.verdict) for finding in check(*arguments, **more)]


def line(replaced: str, by: str) -> str:
    assert replaced in LINE
    return LINE.replace(replaced, by)


@pytest.mark.parametrize(
    "html",
    [
        LINE,
        line("<script async", "<SCRIPT defer type='text/javascript'"),
        line("https://help", "//help"),
        line("https://help.example", "https://HELP.example"),
        line("?i=", "?utm=1&amp;i="),
        f"<!-- {LINE} -->{LINE}",
        f"<noscript>{LINE}</noscript>{LINE}",
        f"<noscript><template></noscript>{LINE}",
        f"<script>var text = '{line('</script>', '')}'</script>{LINE}",
        line("<script", '<div id="talk"></div><script data-target="#talk"'),
        f"<title>&</title>5 < 6 && <3 </ b>{LINE}",
        f"{LINE}<![ nothing that anybody knows",
    ],
)
def test_pages_on_which_all_is_well(html: str) -> None:
    assert check(html) == GOOD


@pytest.mark.parametrize(
    ("html", "finding"),
    [
        ("", Finding(Verdict.NO_SNIPPET)),
        (f"<!-- {LINE} -->", Finding(Verdict.NO_SNIPPET)),
        (f"<noscript>{LINE}</noscript>", Finding(Verdict.INERT)),
        (f"<template>{LINE}</template>", Finding(Verdict.INERT)),
        (f"<template><template></template>{LINE}</template>", Finding(Verdict.INERT)),
        (f"<textarea><template></template>{LINE}</textarea>", Finding(Verdict.INERT)),
        (LINE + LINE, Finding(Verdict.TWICE, "2")),
        (
            line("https://help.example", ""),
            Finding(Verdict.RELATIVE, f"/widget/loader.js?i={INBOX}"),
        ),
        (
            line("https://help.example", "help.example"),
            Finding(Verdict.RELATIVE, f"help.example/widget/loader.js?i={INBOX}"),
        ),
        (
            line("https://help.example", "https://old.example"),
            Finding(Verdict.WRONG_ORIGIN, "https://old.example"),
        ),
        (
            '<base href="https://cdn.example/">' + line("https://help.example", ""),
            Finding(Verdict.RELATIVE, f"/widget/loader.js?i={INBOX}"),
        ),
        (line("https://help", "http://help"), Finding(Verdict.MIXED, "http://help.example")),
        (
            line("/widget/loader.js", "/static/widget/loader.js"),
            Finding(Verdict.OLD_ADDRESS, "/static/widget/loader.js"),
        ),
        (line(f"?i={INBOX}", ""), Finding(Verdict.NO_INBOX, "")),
        (line(INBOX, INBOX[:-4]), Finding(Verdict.NO_INBOX, INBOX[:-4])),
        (line(INBOX, OTHER), Finding(Verdict.OTHER_INBOX, "Wholesale")),
        (line("async", "async type=text/plain"), Finding(Verdict.NOT_RUN, "text/plain")),
        (line("async src", "async data-src"), Finding(Verdict.NOT_RUN, "data-src")),
        (line("async", "async integrity=sha256-abc="), Finding(Verdict.INTEGRITY)),
    ],
)
def test_what_is_wrong_with_the_line(html: str, finding: Finding) -> None:
    assert check(html) == [finding]


@pytest.mark.parametrize(
    ("html", "hint"),
    [
        (line("async ", ""), Finding(Verdict.NOT_ASYNC)),
        (line("async", "type=module"), Finding(Verdict.MODULE)),
        (line("async", "async data-target=#talk"), Finding(Verdict.NO_TARGET, "#talk")),
    ],
)
def test_what_is_worth_knowing(html: str, hint: Finding) -> None:
    assert check(html) == [*GOOD, hint]


@pytest.mark.parametrize(
    ("more", "finding"),
    [
        ({"status": 404}, Finding(Verdict.STATUS, "404")),
        ({"site": Site("https://help.example", INBOX, False)}, Finding(Verdict.SWITCHED_OFF)),
        (
            {"site": Site("https://help.example", INBOX, True, ["https://www.shop.example"])},
            Finding(Verdict.NOT_ALLOWED, "https://shop.example"),
        ),
        (
            {"site": Site("http://localhost:8000", INBOX)},
            Finding(Verdict.LOCAL, "http://localhost:8000"),
        ),
        (
            {"site": Site("http://help.example", INBOX)},
            Finding(Verdict.MIXED, "http://help.example"),
        ),
    ],
)
def test_what_is_wrong_around_it(more: dict[str, Any], finding: Finding) -> None:
    origin = more["site"].origin if "site" in more else SITE.origin
    assert check(line("https://help.example", origin), **more)[0] == finding


@pytest.mark.parametrize(
    ("allowed", "url"),
    [
        ("https://shop.example", "https://shop.example:443/"),
        ("http://shop.example:8080", "http://shop.example:8080/"),
        ("http://[::1]:3000", "http://[::1]:3000/"),
        ("https://elsewhere.example", "https://help.example/demo/"),
    ],
)
def test_websites_that_may_show_it(allowed: str, url: str) -> None:
    site = Site("https://help.example", INBOX, allowed_origins=[allowed])
    assert Verdict.NOT_ALLOWED not in verdicts(url=url, site=site)


@pytest.mark.parametrize(
    ("pattern", "path", "is_hidden"),
    [
        ("/checkout*", "/checkout/pay", True),
        ("/checkout", "/checkout/pay", False),
        ("*/pay", "/checkout/pay", True),
        ("/a.b", "/axb", False),
        ("/İade*", "/%C4%B0ade/1", True),
        ("/", "", True),
    ],
)
def test_pages_without_the_button(pattern: str, path: str, is_hidden: bool) -> None:
    site = Site("https://help.example", INBOX, hide_on=[pattern])
    found = check(url=f"https://shop.example{path}", site=site)
    assert found == [*GOOD, *([Finding(Verdict.HIDDEN, pattern)] if is_hidden else [])]


def test_another_site_than_was_asked_for() -> None:
    found = check(url="https://www.shop.example/", asked="https://shop.example/")
    assert found == [*GOOD, Finding(Verdict.MOVED, "https://www.shop.example/")]
    assert check(url="https://shop.example/en/", asked="https://shop.example/") == GOOD


@pytest.mark.parametrize(
    ("policy", "found"),
    [
        ("script-src https://help.example; frame-src https://help.example", ["good"]),
        ("script-src 'self'; frame-src 'self'", ["csp_script", "csp_frame"]),
        ("default-src 'self'", ["csp_script", "csp_frame", "csp_connect"]),
        ("connect-src 'self'", ["good", "csp_connect"]),
        ("frame-ancestors 'none'", ["good"]),
    ],
)
def test_policies_in_a_header_and_in_the_page(policy: str, found: list[str]) -> None:
    assert verdicts(LINE, ("content-security-policy", policy)) == found
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    assert verdicts(meta + LINE) == found
    assert verdicts(LINE, ("content-security-policy-report-only", policy)) == ["good"]


def test_the_lines_own_nonce() -> None:
    policy = ("content-security-policy", "script-src 'nonce-r4nd' 'strict-dynamic'")
    assert check(line("async", "async nonce=r4nd"), policy) == GOOD
    assert check(LINE, policy) == [Finding(Verdict.CSP_SCRIPT, "script-src")]
    plain = ("content-security-policy", "default-src 'nonce-r4nd'; frame-src *; connect-src *")
    nonce = line("async", "async nonce=r4nd")
    assert check(nonce, plain) == [Finding(Verdict.CSP_SCRIPT, "default-src")]


def test_two_policies_are_each_heard() -> None:
    one = ("content-security-policy", "script-src https://help.example")
    two = ("content-security-policy", "script-src 'self'")
    assert check(LINE, one, two) == [Finding(Verdict.CSP_SCRIPT, "script-src")]


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<script ",
        "<!--",
        "&",
        "<a b=",
        "</",
        "<![CDATA[",
        "<?",
        "<a '",
        "<script></",
        "<a/",
        "<!",
        "<template>",
    ],
)
def test_hostile_html_is_read_soon(piece: str) -> None:
    assert check(piece * (500_000 // len(piece)))[0].verdict == Verdict.NO_SNIPPET
