"""The questions before a chat as rows of a form: typed freely, kept strictly."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from faq.domain.slugs import make_slug
from tickets.domain.chat_settings import Question
from tickets.models import Inbox
from tickets.views.manage.settings import PartForm, languages_of

# What goes to the contact has a key of its own; every other answer stays with the conversation.
OF_CONTACT = {"name": "text", "email": "email", "phone": "phone"}
ASKS = [
    ("name", pgettext_lazy("a person's", "Name")),
    ("email", gettext_lazy("E-mail")),
    ("phone", gettext_lazy("Phone")),
    ("text", gettext_lazy("Some words")),
    ("number", gettext_lazy("A number")),
    ("choice", gettext_lazy("One of several")),
    ("check", gettext_lazy("Yes or no")),
]
KEY = 40
CHOICES = 12
LINE = re.compile(r"(?:([a-z0-9_]{1,40})\s*=\s*)?(.*)")
Row = dict[str, Any]


class QuestionForm(PartForm):
    """One question. `key`, by which answers are kept, is made once from the label and stays."""

    part_class = Question
    groups = ()

    key = forms.CharField(required=False, max_length=KEY, widget=forms.HiddenInput)
    asks = forms.ChoiceField(
        label=gettext_lazy("Asks for"),
        choices=ASKS,
        initial="text",
        help_text=gettext_lazy(
            "Name, e-mail and phone are remembered, and nobody is asked for them twice."
        ),
    )
    required = forms.BooleanField(
        label=gettext_lazy("Must be answered"),
        required=False,
        help_text=gettext_lazy("Each thing that people must fill in costs you some of them."),
    )

    def __init__(self, data: Any, *, inbox: Inbox, initial: Row, number: int) -> None:
        super().__init__(data, inbox=inbox, initial=initial)
        self.prefix, self.number = f"q{number}", number
        self.add_texts(
            "label",
            gettext_lazy("Question"),
            gettext_lazy("Name, e-mail and phone need none: they have words of their own."),
            max_length=80,
        )
        self.add_texts(
            "choices",
            gettext_lazy("Choices"),
            gettext_lazy("One a line, in the same order: Return, or return = Return."),
            max_length=1500,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    @property
    def words(self) -> list[BoundField]:
        return [self[name] for name in self.named("label")]

    @property
    def lists(self) -> list[BoundField]:
        """Asked for only while one of several is."""
        return [self[name] for name in self.named("choices")]

    @property
    def wishes(self) -> dict[str, str]:
        """What the buttons of this row say to `rearrange`."""
        return {verb: f"{verb}:{self.number}" for verb in ("up", "down", "remove")}

    def clean(self) -> dict[str, Any]:
        asks = self.cleaned_data.get("asks")
        if asks is None:
            return super().clean()
        self.own_key = self._key(asks)
        self.choices = self._choices() if asks == "choice" else {}
        if asks not in OF_CONTACT and not self.texts("label"):
            self.add_error(self.named("label")[0], _("Write what you ask."))
        return super().clean()

    def values(self) -> Row:
        asks = self.cleaned_data["asks"]
        return {
            "key": self.own_key,
            "kind": OF_CONTACT.get(asks, asks),
            "label": self.texts("label"),
            "required": self.cleaned_data["required"],
            "choices": [{"value": value, "label": label} for value, label in self.choices.items()],
        }

    def _key(self, asks: str) -> str:
        key: str = self.cleaned_data.get("key", "")
        if asks in OF_CONTACT and (key in OF_CONTACT or not key):
            return asks
        if key and key not in OF_CONTACT:
            return key
        return key_from(next(iter(self.texts("label").values()), ""), asks)

    def _choices(self) -> dict[str, dict[str, str]]:
        """Labels by language, by value. The first language with lines says which values there are;
        a line of another one belongs to the value it names, or to the one in its place."""
        found: dict[str, dict[str, str]] = {}
        for name in self.named("choices"):
            code, lines = name.removeprefix("choices_"), read_lines(self.cleaned_data.get(name, ""))
            if lines and not found:
                values = [value or key_from(label, "choice") for value, label in lines]
                found = {value: {} for value in values}
                if len(found) < len(lines) or len(lines) > CHOICES:
                    self.add_error(name, _("Write up to twelve different choices."))
            in_place = [*found, *[""] * len(lines)]
            for place, (named, label) in enumerate(lines):
                value = named or in_place[place]
                if value not in found:
                    self.add_error(name, _("No such choice above: %(line)s") % {"line": label})
                else:
                    found[value][code] = label[:80]
        if not found and self.named("choices"):
            self.add_error(self.named("choices")[0], _("Write at least one choice."))
        return self._with_kept(found)

    def _with_kept(self, found: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        """With the labels of languages that the inbox does not speak now."""
        shown = {code for code, _name in languages_of(self.inbox)}
        for code, text in (self.initial.get("choices") or {}).items():
            for value, label in read_lines(text):
                if code not in shown and value in found:
                    found[value][code] = label
        return found


def read_lines(text: str) -> list[tuple[str | None, str]]:
    """Value (None: it is not said) and label of each line that says something."""
    found = [LINE.fullmatch(line.strip()) for line in text.splitlines() if line.strip()]
    return [(match[1], match[2] or match[1]) for match in found if match]


def key_from(label: str, otherwise: str) -> str:
    """A key by which something is stored, from the words that people read."""
    key = make_slug(label, otherwise).replace("-", "_")[:KEY].strip("_")
    return key if key[0].isalpha() else f"q_{key}"[:KEY]


def row_of(question: Question) -> Row:
    """As the form shows a stored question."""
    texts: dict[str, list[str]] = {}
    for choice in question.choices:
        for code, label in choice.label.items():
            texts.setdefault(code, []).append(f"{choice.value} = {label}")
    is_contact = OF_CONTACT.get(question.key) == question.kind
    return {
        "key": question.key,
        "asks": question.key if is_contact else question.kind,
        "label": dict(question.label),
        "required": question.required,
        "choices": {code: "\n".join(lines) for code, lines in texts.items()},
    }


def typed_rows(data: Mapping[str, str], inbox: Inbox) -> list[Row]:
    """What was typed, right or wrong, over what is stored under the same keys."""
    stored = {question.key: row_of(question) for question in inbox.chat.prechat.questions}
    return [_typed_row(data, f"q{number}", stored) for number in range(_count(data))]


def _count(data: Mapping[str, str]) -> int:
    text = data.get("rows", "")
    return min(int(text), CHOICES) if text.isdecimal() else 0


def _typed_row(data: Mapping[str, str], prefix: str, stored: dict[str, Row]) -> Row:
    key = data.get(f"{prefix}-key", "")
    kept = stored.get(key, {"label": {}, "choices": {}})
    row: Row = {
        "key": key,
        "asks": data.get(f"{prefix}-asks", "text"),
        "required": f"{prefix}-required" in data,
    }
    for name in ("label", "choices"):
        start = f"{prefix}-{name}_"
        typed = {key[len(start) :]: text for key, text in data.items() if key.startswith(start)}
        row[name] = kept[name] | typed
    return row
