"""A rule of an invitation in plain words, for the list."""

from collections.abc import Iterator

from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from chat.domain.invitations import Conditions

STAGES = {
    "before": gettext_lazy("Before the purchase"),
    "during": gettext_lazy("During the purchase"),
    "after": gettext_lazy("After the purchase"),
}


def conditions_in_words(conditions: Conditions) -> list[str]:
    """One piece a condition that is given."""
    return [*_behaviour(conditions), *_place(conditions), *_ours(conditions)]


def _behaviour(conditions: Conditions) -> Iterator[str]:
    numbers = (
        (_("%(n)s seconds on the page"), conditions.seconds_on_page),
        (_("pages in this visit: %(n)s or more"), conditions.pages_seen),
        (_("scrolled %(n)s %% of the way"), conditions.scroll_percent),
        (_("%(n)s seconds without a move"), conditions.idle_seconds),
        (_("cart: %(n)s or more"), conditions.cart_value_min),
    )
    for text, number in numbers:
        if number:
            yield text % {"n": f"{number:g}"}
    if conditions.exit_intent:
        yield _("the mouse leaves the page")
    if conditions.returning is not None:
        yield _("has been here before") if conditions.returning else _("is here for the first time")


def _place(conditions: Conditions) -> Iterator[str]:
    if conditions.urls:
        yield _("on %(pages)s") % {"pages": ", ".join(conditions.urls)}
    if conditions.referrers:
        yield _("came from %(pages)s") % {"pages": ", ".join(conditions.referrers)}
    for key, value in conditions.utm:
        if value:
            yield f"utm_{key} = {value}"
    if conditions.languages:
        names = [get_language_info(code)["name_local"] for code in conditions.languages]
        yield ", ".join(names)
    if conditions.stages:
        yield ", ".join(str(STAGES[stage]) for stage in conditions.stages)


def _ours(conditions: Conditions) -> Iterator[str]:
    if conditions.within_opening_hours:
        yield _("within opening hours")
    if conditions.agents_available:
        yield _("somebody can answer")
