"""What the pages of one inbox share: finding it, and one part of `ChatSettings` as a form."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from pydantic import ValidationError

from helpdesk.accounts.viewer import current_staff
from helpdesk.core.errors import NotFound
from helpdesk.core.manage.views import FormPage
from tickets.actions.inboxes import update_chat
from tickets.domain.chat_settings import Part
from tickets.models import Inbox

LANGUAGES = [
    (code, get_language_info(code)["name_local"].title()) for code, _name in settings.LANGUAGES
]
# Names of fields; those of a tuple stand in one row, and `label` means one a language.
Names = Sequence[str | tuple[str, ...]]


def fetch_inbox(pk: int) -> Inbox:
    """Raises NotFound."""
    inbox = Inbox.objects.select_related("calendar").filter(pk=pk).first()
    if inbox is None:
        raise NotFound
    return inbox


def languages_of(inbox: Inbox) -> list[tuple[str, str]]:
    """Code and own name, in the inbox's order: nobody is asked for words that nobody will read."""
    names = dict(LANGUAGES)
    return [(code, names[code]) for code in inbox.languages if code in names]


class PartForm(forms.Form):
    """A form that makes a part of the settings. What the fields let through and the part does not
    is said next to the field of the same name, so that nothing half right is ever kept."""

    part_class: ClassVar[type[Part]]
    # Heading (or ""), and what stands under it.
    groups: ClassVar[Sequence[tuple[str | Promise, Names]]]
    part: Part

    def __init__(self, data: Any, *, inbox: Inbox, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.inbox = inbox

    def add_texts(self, name: str, label: Any, why: Any, **rest: Any) -> None:
        """A field a language; the help text stands under the first."""
        known = self.initial.get(name) or {}
        for code, language in languages_of(self.inbox):
            self.fields[f"{name}_{code}"] = forms.CharField(
                label=f"{label} ({language})" if len(self.inbox.languages) > 1 else label,
                help_text=why,
                initial=known.get(code, ""),
                required=False,
                **rest,
            )
            self.fields[f"{name}_{code}"].widget.attrs["lang"] = code
            why = ""

    def texts(self, name: str) -> dict[str, str]:
        """What was typed, and what is kept for languages that the inbox does not speak now."""
        shown = [code for code, _name in languages_of(self.inbox)]
        known = self.initial.get(name) or {}
        kept = {code: text for code, text in known.items() if code not in shown}
        typed = {code: self.cleaned_data.get(f"{name}_{code}", "") for code in shown}
        return {code: text for code, text in typed.items() if text} | kept

    def named(self, name: str) -> list[str]:
        """The field of this name, or its fields of all languages."""
        if name in self.fields:
            return [name]
        texts = [f"{name}_{code}" for code, _language in languages_of(self.inbox)]
        return [text for text in texts if text in self.fields]

    def values(self) -> dict[str, Any]:
        """What the part is made of; by default what was typed."""
        return {name: self.cleaned_data[name] for name in self.part_class.model_fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.part = self.part_class(**self.values())
            except ValidationError as error:
                self._explain(error)
        return cleaned

    def _explain(self, error: ValidationError) -> None:
        for one in error.errors(include_url=False, include_input=False):
            names = self.named(str(one["loc"][0])) if one["loc"] else []
            self.add_error(names[0] if names else None, _("This is not possible."))

    def cards(self) -> Iterator[tuple[str | Promise, list[list[BoundField]]]]:
        """Heading and rows of fields, for the page."""
        for heading, names in self.groups:
            rows = [one if isinstance(one, tuple) else self.named(one) for one in names]
            yield heading, [[self[name] for name in row] for row in rows]


def part_of(form: BaseForm) -> Part:
    """What a valid form has made."""
    return cast(PartForm, form).part


class PartPage(FormPage):
    """One tab of an inbox."""

    slug, template = "inboxes", "manage/inbox_part.html"
    form_class: type[PartForm]
    part: ClassVar[str]
    about: ClassVar[str | Promise]

    def fetch(self, pk: int) -> Inbox:
        return fetch_inbox(pk)

    def build_form(self, target: Inbox, data: Any = None) -> BaseForm:
        return self.form_class(data, inbox=target, initial=self.initial(target))

    def initial(self, target: Inbox) -> dict[str, Any]:
        part: Part = getattr(target.chat, self.part)
        return part.model_dump()

    def perform(self, form: BaseForm, target: Inbox) -> Inbox:
        return update_chat(current_staff(self.request), target, part_of(form))

    def beside(self, target: Inbox) -> dict[str, Any]:
        return {"about": self.about}

    def after(self, result: Inbox) -> str:
        return self.request.path
