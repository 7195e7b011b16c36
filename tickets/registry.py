"""What apps above tickets add to it; they fill it in `ready()`."""

from collections.abc import Callable
from typing import Any

from helpdesk.accounts.viewer import Visitor

# Parts of the widget's boot answer: name to a query for one visitor.
widget_boot_parts: dict[str, Callable[[Visitor], Any]] = {}
