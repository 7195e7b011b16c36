"""The form of an invitation: typed in plain words, kept as conditions and texts."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError as FieldError
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from chat.domain.invitations import MOST_ENTRIES, MOST_SECONDS, TEXT_LENGTH, Conditions, Wording
from chat.manage.invitation_words import STAGES
from chat.models import Invitation
from tickets.models import Inbox
from tickets.views.manage.look import read_paths
from tickets.views.manage.settings import PartForm, languages_of

UTM = ("source", "medium", "campaign")
RETURNING = {"": None, "yes": True, "no": False}


def whole(label: Any, why: Any, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=why, required=False, min_value=least, max_value=most
    )


def lines(label: Any, why: Any, example: str) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": 2, "placeholder": example})
    return forms.CharField(label=label, help_text=why, required=False, widget=box)


def tag(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=100)


class InvitationForm(PartForm):
    part_class = Conditions
    part: Conditions
    wording: Wording
    groups = (
        ("", ("name", ("is_active", "every_hours"))),
        (
            gettext_lazy("What the visitor does"),
            (
                ("seconds_on_page", "idle_seconds"),
                ("pages_seen", "scroll_percent"),
                ("returning", "cart_value_min"),
                "exit_intent",
            ),
        ),
        (
            gettext_lazy("Where, and who"),
            ("urls", "referrers", tuple(f"utm_{key}" for key in UTM), ("languages", "stages")),
        ),
        (
            gettext_lazy("Whether we can keep our word"),
            ("agents_available", "within_opening_hours"),
        ),
        (gettext_lazy("What it says"), ("a",)),
        (gettext_lazy("Another text, to compare"), ("b",)),
    )

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        help_text=gettext_lazy("For you; visitors do not see it."),
    )
    is_active = forms.BooleanField(label=gettext_lazy("The invitation is on"), required=False)
    every_hours = forms.IntegerField(
        label=gettext_lazy("Again after hours"),
        min_value=1,
        max_value=720,
        help_text=gettext_lazy(
            "So long the same person does not see it again. Who puts it away is left alone for 30"
            " days, and nobody is invited twice in a visit."
        ),
    )
    seconds_on_page = whole(
        gettext_lazy("Seconds on the page"),
        gettext_lazy("While it is in front. Never less than five."),
        1,
        MOST_SECONDS,
    )
    idle_seconds = whole(
        gettext_lazy("Seconds without a move"),
        gettext_lazy("No mouse, no key, no scrolling."),
        1,
        MOST_SECONDS,
    )
    pages_seen = whole(
        gettext_lazy("Pages in this visit"),
        gettext_lazy("This one is counted too. A visit ends after half an hour without a page."),
        2,
        100,
    )
    scroll_percent = whole(
        gettext_lazy("Scrolled, in percent"), gettext_lazy("Of the way down the page."), 1, 100
    )
    returning = forms.ChoiceField(
        label=gettext_lazy("Been here before"),
        required=False,
        choices=[
            ("", gettext_lazy("Anybody")),
            ("yes", gettext_lazy("Only who has")),
            ("no", gettext_lazy("Only who has not")),
        ],
        help_text=gettext_lazy("As far as the browser remembers."),
    )
    cart_value_min = forms.FloatField(
        label=gettext_lazy("Value of the cart, at least"),
        required=False,
        min_value=0.01,
        max_value=1e9,
        widget=forms.NumberInput(attrs={"step": "0.01"}),
        help_text=gettext_lazy("If your shop tells us, with setStage."),
    )
    exit_intent = forms.BooleanField(
        label=gettext_lazy("The mouse leaves the page at the top"),
        required=False,
        help_text=gettext_lazy("Towards the tabs or the address. Never on a phone."),
    )
    urls = lines(
        gettext_lazy("On these pages"),
        gettext_lazy("One path a line; * stands for anything. None: on every page."),
        "/lamps/*",
    )
    referrers = lines(
        gettext_lazy("Who came from"),
        gettext_lazy("A part of the address that led to the visit, one a line."),
        "google.",
    )
    utm_source = tag("utm_source")
    utm_medium = tag("utm_medium")
    utm_campaign = tag("utm_campaign")
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    stages = forms.MultipleChoiceField(
        label=gettext_lazy("Stages of the purchase"),
        required=False,
        choices=list(STAGES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("If your shop tells us, with setStage."),
    )
    agents_available = forms.BooleanField(
        label=gettext_lazy("Only while somebody can answer"),
        required=False,
        help_text=gettext_lazy("Whom you invite should not have to wait."),
    )
    within_opening_hours = forms.BooleanField(
        label=gettext_lazy("Only within opening hours"), required=False
    )

    def __init__(self, data: Any, *, inbox: Inbox, initial: dict[str, Any]) -> None:
        super().__init__(data, inbox=inbox, initial=initial)
        self.fields["languages"].choices = languages_of(inbox)  # type: ignore[attr-defined]  # a choice
        for name, label, why in (
            ("a", gettext_lazy("Text"), gettext_lazy("One or two short sentences.")),
            ("b", gettext_lazy("Text B"), gettext_lazy("Half of the people see this one instead.")),
        ):
            box = {"max_length": TEXT_LENGTH, "widget": forms.Textarea(attrs={"rows": 2})}
            self.add_texts(name, label, why, **box)

    def cards(self) -> Iterator[tuple[str | Promise, list[list[BoundField]]]]:
        """A text takes the whole width."""
        for heading, rows in super().cards():
            yield heading, [part for row in rows for part in _by_width(row)]

    def clean_urls(self) -> list[str]:
        return read_paths(self.cleaned_data["urls"])

    def clean_referrers(self) -> list[str]:
        found = [line.strip() for line in self.cleaned_data["referrers"].splitlines()]
        found = [line for line in found if line]
        if len(found) > MOST_ENTRIES or any(len(line) > 100 for line in found):
            raise FieldError(_("Shorter, please: at most 20 lines of 100 characters."))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        texts = [self.texts("a"), self.texts("b")]
        if not texts[0]:
            self.add_error(next(iter(self.named("a")), None), _("Write what the invitation says."))
        elif texts[1] and texts[0].keys() != texts[1].keys():
            self._ask_for_both(texts)
        elif not self.errors:
            self.wording = Wording.model_validate({"texts": [text for text in texts if text]})
        return cleaned

    def _ask_for_both(self, texts: list[dict[str, str]]) -> None:
        lacking = {"a": texts[1].keys() - texts[0].keys(), "b": texts[0].keys() - texts[1].keys()}
        for name, codes in lacking.items():
            for field in self.named(name):
                if field.removeprefix(f"{name}_") in codes:
                    self.add_error(field, _("Both texts are needed in the same languages."))

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        values = {name: cleaned[name] for name in Conditions.model_fields if name in cleaned}
        return values | {
            "returning": RETURNING[cleaned["returning"]],
            "utm": {key: cleaned[f"utm_{key}"] for key in UTM},
        }

    def _explain(self, error: ValidationError) -> None:
        if any(one["type"] == "on_arrival" for one in error.errors()):
            self.add_error(
                None,
                _(
                    "Nobody is invited on arrival. Choose something that the visitor does: a time"
                    " on the page, pages, scrolling, a pause, leaving, coming back, or a cart."
                ),
            )
        else:
            super()._explain(error)


def _by_width(row: list[BoundField]) -> list[list[BoundField]]:
    is_text = isinstance(row[0].field.widget, forms.Textarea)
    return [[field] for field in row] if is_text else [row]


def initial_of(invitation: Invitation) -> dict[str, Any]:
    conditions = Conditions(**invitation.conditions)
    a, b = [*invitation.texts, {}, {}][:2]
    return {
        **conditions.model_dump(),
        **{f"utm_{key}": value for key, value in conditions.utm},
        "name": invitation.name,
        "is_active": invitation.is_active,
        "every_hours": invitation.every_hours,
        "returning": {None: "", True: "yes", False: "no"}[conditions.returning],
        "urls": "\n".join(conditions.urls),
        "referrers": "\n".join(conditions.referrers),
        "a": a,
        "b": b,
    }
