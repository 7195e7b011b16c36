"""Where and how the launcher stands, and what the chat opens with."""

import re
from itertools import permutations
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tickets.domain.chat_settings import Home, Look
from tickets.models import Inbox
from tickets.views.manage.colors import colors_of
from tickets.views.manage.settings import PartForm, PartPage

PATTERNS = 20
PATTERN = re.compile(r"[/*]\S{0,199}")


def pixels(label: Any, why: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=why, min_value=0, max_value=400)


class LookForm(PartForm):
    part_class = Look
    groups = (
        (gettext_lazy("The button"), ("side", "label")),
        (
            gettext_lazy("Distance from the corner"),
            (("offset_x", "offset_y"), ("phone_offset_x", "phone_offset_y")),
        ),
        (gettext_lazy("Among other things"), ("theme", "hide_on", "z")),
    )

    side = forms.ChoiceField(
        label=gettext_lazy("Side"),
        choices=[("right", gettext_lazy("Right")), ("left", gettext_lazy("Left"))],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The corner in which the button stands."),
    )
    offset_x = pixels(
        gettext_lazy("From the side, in pixels"), gettext_lazy("On wide screens. Twenty is usual.")
    )
    offset_y = pixels(
        gettext_lazy("From the bottom, in pixels"),
        gettext_lazy("More, if something of yours stands there."),
    )
    phone_offset_x = pixels(
        gettext_lazy("From the side on phones"), gettext_lazy("Up to 480 pixels of width.")
    )
    phone_offset_y = pixels(
        gettext_lazy("From the bottom on phones"),
        gettext_lazy("More, if your pages have a bar at the bottom."),
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("Light or dark"),
        choices=[
            ("light", gettext_lazy("Always light")),
            ("dark", gettext_lazy("Always dark")),
            ("system", gettext_lazy("As the visitor’s device")),
            ("page", gettext_lazy("As your page says by data-theme")),
        ],
        help_text=gettext_lazy("A light shop looks odd around a dark chat."),
    )
    hide_on = forms.CharField(
        label=gettext_lazy("Pages without the button"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "/checkout*"}),
        help_text=gettext_lazy(
            "One path a line; * stands for anything. Where people pay, nothing should distract."
        ),
    )
    z = forms.IntegerField(
        label=gettext_lazy("Layer (z-index)"),
        min_value=0,
        max_value=2147483647,
        help_text=gettext_lazy("Lower, if it covers something of yours, such as a cookie notice."),
    )

    def __init__(self, data: Any, *, inbox: Inbox, initial: dict[str, Any]) -> None:
        super().__init__(data, inbox=inbox, initial=initial)
        self.add_texts(
            "label",
            gettext_lazy("Words on the button"),
            gettext_lazy("None: the icon alone. One or two words are plenty."),
            max_length=80,
        )

    def clean_hide_on(self) -> list[str]:
        return read_paths(self.cleaned_data["hide_on"])

    def values(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in Look.model_fields if name != "label"}
        return values | {"label": self.texts("label")}


def read_paths(text: str) -> list[str]:
    """Patterns of paths, one a line. Raises ValidationError."""
    patterns = [read_path(line) for line in text.split()]
    if len(patterns) > PATTERNS:
        raise ValidationError(_("At most %(count)s paths.") % {"count": PATTERNS})
    wrong = [pattern for pattern in patterns if not PATTERN.fullmatch(pattern)]
    if wrong:
        raise ValidationError(
            _("A path begins with a slash, like /checkout*: %(path)s") % {"path": wrong[0]}
        )
    return patterns


def read_path(line: str) -> str:
    """What follows the host, if somebody pasted a whole address."""
    return re.sub(r"^https?://[^/]+(?=/|$)", "", line) or "/"


class LookPage(PartPage):
    tab, part, form_class = "manage:inbox-look", "look", LookForm
    about = gettext_lazy("How the button stands on your pages.")
    template = "manage/inbox_look.html"

    def initial(self, target: Inbox) -> dict[str, Any]:
        return super().initial(target) | {"hide_on": "\n".join(target.chat.look.hide_on)}

    def beside(self, target: Inbox) -> dict[str, Any]:
        return super().beside(target) | colors_of(target.brand_color)


SECTIONS = {
    "faq": gettext_lazy("Answers"),
    "bot": gettext_lazy("Assistant"),
    "people": gettext_lazy("People"),
}


def orders() -> list[tuple[str, str]]:
    return [
        (",".join(order), " → ".join(str(SECTIONS[name]) for name in order))
        for order in permutations(SECTIONS)
    ]


def order(label: Any, why: Any) -> forms.ChoiceField:
    """All three in some order: a choice that cannot be wrong, and needs no dragging."""
    return forms.ChoiceField(label=label, help_text=why, choices=orders)


class HomeForm(PartForm):
    part_class = Home
    groups = (("", ("before", "during", "after")),)

    before = order(
        gettext_lazy("Before the purchase"),
        gettext_lazy("While somebody looks around: questions that an article answers well."),
    )
    during = order(
        gettext_lazy("During the purchase"),
        gettext_lazy("At the checkout: whatever answers at once, so that nobody leaves."),
    )
    after = order(
        gettext_lazy("After the purchase"),
        gettext_lazy("Where is it, and what if it broke: mostly for people."),
    )

    def values(self) -> dict[str, Any]:
        return {name: value.split(",") for name, value in self.cleaned_data.items()}


class HomePage(PartPage):
    tab, part, form_class = "manage:inbox-home", "home", HomeForm
    about = gettext_lazy(
        "What comes first when the chat opens; what you do not have is left out. Your shop tells"
        " us the stage by setStage, and until it does, it is before the purchase."
    )

    def initial(self, target: Inbox) -> dict[str, Any]:
        return {name: ",".join(value) for name, value in super().initial(target).items()}
