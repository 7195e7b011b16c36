"""What the form before a chat was answered: checked, and never half kept."""

import re
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from chat.queries.prechat import label_of, words
from helpdesk.core.errors import Invalid
from helpdesk.core.text import clean, one_line
from tickets.actions.phone import clean_phone
from tickets.domain.chat_settings import Question
from tickets.models import Inbox

NUMBER = re.compile(r"[+-]?\d{1,15}([.,]\d{1,6})?")
TICKED = {"true": True, "false": False}
LENGTH = 500


def clean_answers(
    questions: Iterable[Question], given: Mapping[str, str], inbox: Inbox, language: str
) -> list[dict[str, str]]:
    """The answers to these questions as a ticket keeps them: `text` is what a person reads of a
    `value`. What nobody asked is dropped. Raises Invalid with the field's name."""
    found = []
    for question in questions:
        text = one_line(clean(given.get(question.key, "")), LENGTH)
        if text:
            value, shown = _read(question, text, inbox, language)
            label = label_of(question, language) or question.key
            found.append({"key": question.key, "label": label, "value": value, "text": shown})
    return found


def require(questions: Iterable[Question], given: Mapping[str, str], language: str) -> None:
    """Raises Invalid for the first required question that nobody has answered."""
    for question in questions:
        text = given.get(question.key, "").strip()
        if question.required and (not text or (question.kind == "check" and text != "true")):
            label = words(question.label, language)
            message = _("Please answer: %(question)s") % {"question": label} if label else ""
            raise Invalid(message or _("This is needed."), field=question.key)


def clean_email(text: str) -> str:
    """Raises Invalid for an address that is none."""
    email = text.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        message = _("Enter an e-mail address like name@example.com")
        raise Invalid(message, field="email") from error
    return email


def _read(question: Question, text: str, inbox: Inbox, language: str) -> tuple[str, str]:
    """The value, and how it reads."""
    try:
        match question.kind:
            case "email":
                value = clean_email(text)
            case "phone":
                value = clean_phone(text, inbox, language)
            case "choice":
                chosen = {choice.value: choice for choice in question.choices}[text]
                return text, words(chosen.label, language) or text
            case "check":
                return text, _("Yes") if TICKED[text] else _("No")
            case "number" if not NUMBER.fullmatch(text):
                raise ValueError(text)
            case _:
                value = text
    except (KeyError, ValueError) as error:
        raise Invalid(_("This answer does not fit the question."), field=question.key) from error
    except Invalid as error:
        raise Invalid(error.message, field=question.key) from error
    return value, value
