"""What is asked before a chat. Rows are added, moved and removed by buttons that save nothing."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tickets.domain.chat_settings import Prechat
from tickets.models import Inbox
from tickets.views.manage.questions import CHOICES as LIMIT
from tickets.views.manage.questions import QuestionForm, Row, row_of, typed_rows
from tickets.views.manage.settings import PartForm, PartPage

# What was done, and what should have the focus after it: a button's wish, or the row that it names.
Done = tuple[str, str]


class PrechatForm(PartForm):
    part_class = Prechat
    groups = (("", ("is_on",)),)

    is_on = forms.BooleanField(
        label=gettext_lazy("Ask before a chat begins"),
        required=False,
        help_text=gettext_lazy("Off: people write at once, and you may not know where to answer."),
    )
    consent_required = forms.BooleanField(
        label=gettext_lazy("Nobody may go on without it"),
        required=False,
        help_text=gettext_lazy("Kept with the day, and with the words that were shown."),
    )

    def __init__(self, data: Any, *, inbox: Inbox, initial: dict[str, Any]) -> None:
        super().__init__(data, inbox=inbox, initial=initial)
        self.add_texts(
            "consent",
            gettext_lazy("Line to agree to"),
            gettext_lazy("None: nothing is asked. Only if your law wants it."),
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        rows: list[Row] = initial["rows"]
        self.questions = [
            QuestionForm(data, inbox=inbox, initial=row, number=number)
            for number, row in enumerate(rows)
        ]

    @property
    def may_grow(self) -> bool:
        return len(self.questions) < LIMIT

    @property
    def consents(self) -> list[BoundField]:
        return [self[name] for name in (*self.named("consent"), "consent_required")]

    def clean(self) -> dict[str, Any]:
        is_right = [question.is_valid() for question in self.questions]
        if not all(is_right):
            self.add_error(None, _("Something below is not right yet. Nothing has been saved."))
        elif doubled := self._twice():
            doubled.add_error("asks", _("This is asked above already."))
            self.add_error(None, _("Something below is not right yet. Nothing has been saved."))
        return super().clean()

    def values(self) -> dict[str, Any]:
        text = self.texts("consent")
        consent = {"text": text, "required": self.cleaned_data["consent_required"]}
        return {
            "is_on": self.cleaned_data["is_on"],
            "questions": [question.part for question in self.questions],
            "consent": consent if text else None,
        }

    def _twice(self) -> QuestionForm | None:
        """The first question that has the key of one above."""
        seen: set[str] = set()
        for question in self.questions:
            if question.own_key in seen:
                return question
            seen.add(question.own_key)
        return None


class PrechatPage(PartPage):
    tab, part, form_class = "manage:inbox-prechat", "prechat", PrechatForm
    template = "manage/inbox_prechat.html"
    about = gettext_lazy("Ask little: the first message says most of it.")

    def initial(self, target: Inbox) -> dict[str, Any]:
        stored = target.chat.prechat
        rows = [row_of(question) for question in stored.questions]
        if self.request.method == "POST":
            rows = typed_rows(self.request.POST, target)
        return {
            "is_on": stored.is_on,
            "consent": dict(stored.consent.text) if stored.consent else {},
            "consent_required": stored.consent.required if stored.consent else True,
            "rows": rows,
        }

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        if "do" not in request.POST:
            return super().post(request, pk)
        target = self.fetch(self.kwargs["pk"])
        form, (said, focus) = self._rearranged(target)
        return self.show(form=form, target=target, said=said, focus=focus, **self.beside(target))

    def _rearranged(self, target: Inbox) -> tuple[PrechatForm, Done]:
        """The form as it was typed, with one row added, moved or gone."""
        typed = self.request.POST
        initial = self.initial(target)
        done = rearrange(initial["rows"], typed["do"])
        kept = {
            code.removeprefix("consent_"): text
            for code, text in typed.items()
            if code.startswith("consent_") and code != "consent_required"
        }
        initial |= {
            "is_on": "is_on" in typed,
            "consent": initial["consent"] | kept,
            "consent_required": "consent_required" in typed,
        }
        form = PrechatForm(None, inbox=target, initial=initial)
        verb, _colon, row = done[1].partition(":")
        if verb == "asks" and form.questions:
            form.questions[int(row)].fields["asks"].widget.attrs["autofocus"] = True
        return form, done


def rearrange(rows: list[Row], wish: str) -> Done:
    """Does to `rows` what a button says: `add`, `up:2`, `down:0` or `remove:1`."""
    verb, _colon, place = wish.partition(":")
    last = len(rows) - 1
    at = int(place) if place.isdecimal() and int(place) <= last else -1
    if verb == "add" and len(rows) < LIMIT:
        rows.append({})
        return _("Question added below. Nothing is saved yet."), f"asks:{last + 1}"
    if verb == "remove" and at >= 0:
        del rows[at]
        return _("Question removed. Nothing is saved yet."), f"asks:{max(0, at - 1)}"
    to = at + {"up": -1, "down": 1}.get(verb, 0)
    if at < 0 or to == at or not 0 <= to <= last:
        return "", ""
    rows[at], rows[to] = rows[to], rows[at]
    verb = {0: "down", last: "up"}.get(to, verb)  # the one it was moved by may be gone
    return _("Question moved. Nothing is saved yet."), f"{verb}:{to}"
