"""The form before a chat: what this visitor has not told us yet (R7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helpdesk.accounts.viewer import Visitor
from tickets.domain.chat_settings import Consent, Question
from tickets.models import Contact, Inbox, Ticket

CONTACT_KEYS = ("name", "email", "phone")
# Conversations whose answers we look through for what is known.
LOOKED_BACK = 20
Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Form:
    """What is left to ask; nothing at all for a verified visitor."""

    questions: list[Question]
    consent: Consent | None

    @property
    def is_empty(self) -> bool:
        return not self.questions and self.consent is None


def own_questions(inbox: Inbox) -> list[Question]:
    """Those of the inbox's form whose answers belong to the conversation, not to the person."""
    prechat = inbox.chat.prechat
    return [one for one in prechat.questions if prechat.is_on and one.key not in CONTACT_KEYS]


def form_for(viewer: Visitor, inbox: Inbox, contact: Contact) -> Form:
    """Asked is what he has not answered. To whom has been here before, questions that he may leave
    out are not put again: he has left them out."""
    prechat = inbox.chat.prechat
    if viewer.verified or not prechat.is_on:
        return Form([], None)
    answered = Ticket.objects.filter(identity_id=viewer.identity_id, inbox_id=inbox.pk)
    before = list(answered.order_by("-number").values_list("answers", flat=True)[:LOOKED_BACK])
    known = {answer["key"] for answers in before for answer in answers}
    known |= {key for key in CONTACT_KEYS if getattr(contact, key)}
    is_new = not before
    return Form(
        [
            question
            for question in prechat.questions
            if question.key not in known and (question.required or is_new)
        ],
        _missing(prechat.consent, inbox, contact, is_new=is_new),
    )


def _missing(
    consent: Consent | None, inbox: Inbox, contact: Contact, *, is_new: bool
) -> Consent | None:
    """Given once, it holds until the inbox uses other words; without words there is nothing to
    agree to."""
    if consent is None or not (consent.required or is_new):
        return None
    asked = set(consent.text.values()) - {""}
    given = {one["text"] for one in contact.consents if one["inbox"] == str(inbox.public_id)}
    return consent if asked and not given & asked else None


def form_body(form: Form, language: str) -> Body | None:
    """As the widget shows it: an empty label stands for the widget's own word for the key."""
    if form.is_empty:
        return None
    return {
        "questions": [
            {
                "key": question.key,
                "kind": question.kind,
                "label": label_of(question, language),
                "required": question.required,
                "choices": [
                    {"value": choice.value, "label": words(choice.label, language) or choice.value}
                    for choice in question.choices
                ],
            }
            for question in form.questions
        ],
        "consent": form.consent
        and {"text": words(form.consent.text, language), "required": form.consent.required},
    }


def label_of(question: Question, language: str) -> str:
    own = "" if question.key in CONTACT_KEYS else question.key
    return words(question.label, language) or own


def words(texts: Mapping[Any, str], language: str) -> str:
    """In the language asked for, else in English, else in whichever there is; "" for none."""
    return next(filter(None, (texts.get(language), texts.get("en"), *texts.values())), "")
