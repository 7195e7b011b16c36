"""What a browser loads is the source without comments and spaces, and nothing else is touched."""

from helpdesk.core.staticfiles import slim, without_idle_tokens


def test_a_script_keeps_its_meaning_and_loses_its_comments() -> None:
    source = """// @ts-check
/**
 * What it does.
 */
export const url = "https://example.com"; // a remark
export const html = (tag) => tag`<p>  ${url}  </p>`;
"""
    short = slim("shared/a.js", source)
    assert "remark" not in short
    assert "What it does" not in short
    assert '"https://example.com"' in short
    assert "<p>  ${url}  </p>" in short


def test_a_style_sheet_keeps_what_looks_like_a_script_comment() -> None:
    short = slim("css/a.css", "/* Base */\na { background: url(//cdn.example/x.png); }\n")
    assert short == "a{background:url(//cdn.example/x.png)}"


def test_tokens_that_nothing_uses_go_and_take_along_what_only_they_used() -> None:
    tokens = ":root { --used: red; --idle: blue; --step: var(--only); --only: 1px }"
    css = f"{tokens}\na {{ color: var(--used) }}"
    short = slim("css/a.css", without_idle_tokens(css))
    assert short == ":root{--used:red}a{color:var(--used)}"


def test_a_token_that_only_another_sheet_uses_stays() -> None:
    kept = without_idle_tokens(":root { --used: red; --idle: blue }", "a { color: var(--used) }")
    assert slim("css/a.css", kept) == ":root{--used:red}"
