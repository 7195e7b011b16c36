"""The page names every module that its entry will ask for."""

from django.template import Context

from helpdesk.core.templatetags.modules import graph_of, module_script


def test_the_graph_holds_what_is_imported_at_once_and_not_what_comes_later() -> None:
    graph = graph_of("widget/frame.js")
    assert {"widget/frame.js", "shared/socket.js", "vendor/preact.js", "icons/widget.js"} <= graph
    assert "widget/rating.js" not in graph
    assert not any(".." in name for name in graph)


def test_each_module_is_named_once_and_the_entry_only_as_a_script() -> None:
    html = module_script(Context(), "widget/frame.js", "widget/copy/tr.js")
    assert html.count("shared/socket.") == 1
    assert html.count("widget/copy/tr.") == 1
    assert html.count("widget/frame.") == html.count("<script") == 1
