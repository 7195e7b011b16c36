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
