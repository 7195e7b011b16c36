"""What a browser loads is the source without its comments, and nothing else is touched."""

from helpdesk.core.staticfiles import without_comments


def test_comments_on_lines_of_their_own_go() -> None:
    source = """// @ts-check
/**
 * What it does.
 */
export const url = "https://example.com"; // stays: it shares its line
  // a remark
  /** @type {string} */
  name = "";
"""
    slim = 'export const url = "https://example.com"; // stays: it shares its line\n  name = "";\n'
    assert without_comments("shared/a.js", source) == slim


def test_style_sheets_keep_what_looks_like_a_script_comment() -> None:
    source = "/* Base */\n//cdn\na { color: red; } /* stays */\n"
    assert without_comments("css/a.css", source) == "//cdn\na { color: red; } /* stays */\n"


def test_a_comment_that_shares_its_line_swallows_nothing() -> None:
    source = """/** @type {string} */ (name).trim();
export const kept = 1;
/** @type {number} */
"""
    slim = "/** @type {string} */ (name).trim();\nexport const kept = 1;\n"
    assert without_comments("console/a.js", source) == slim
