"""How a conversation begins: what the visitor says of himself, what he agrees to, his first words.

All of it is kept, or nothing: a refusal names the field, and the widget still has the message.
"""

from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from chat.actions.answers import clean_answers, clean_email, require
from chat.actions.invitations import note_chatted
from chat.actions.visitors import answer_to, introduce
from chat.queries.prechat import CONTACT_KEYS, form_for, own_questions, words
from helpdesk.core import clock
from helpdesk.core.clock import wire
from helpdesk.core.errors import Invalid, NotAllowed
from helpdesk.core.retry import atomic_with_retry
from helpdesk.realtime.frames import StartFields
from tickets.actions.announce_queue import announce_queue
from tickets.actions.identities import lock_contact
from tickets.actions.phone import clean_phone
from tickets.actions.route import route_ticket
from tickets.actions.start import Start, find_started, start_ticket
from tickets.domain.chat_settings import Consent
from tickets.models import Contact, Inbox
from tickets.queries.bodies import MessageRow
from tickets.queries.rows import TicketRow


def start_conversation(start: Start, fields: StartFields) -> MessageRow:
    """The first message, new or the one that this `ref` made; a chat goes to an agent at once, if
    one is free. Raises Invalid (with `field`), NotAllowed, Busy (he is being identified)."""
    # In the language he writes in, for refusals and for the answers that we put into words.
    with translation.override(fields.language or start.viewer.language):
        row, message = _begin(start, fields)
    if row.queued_at is not None and not route_ticket(row.id):
        announce_queue()
    return message


@atomic_with_retry
def _begin(start: Start, fields: StartFields) -> tuple[TicketRow, MessageRow]:
    viewer = start.viewer
    contact = lock_contact(viewer)
    for known in find_started(start):  # before any refusal: a retry gets the first result
        return known
    inbox = Inbox.objects.get(pk=viewer.inbox_id)
    form = form_for(viewer, inbox, contact)
    language = fields.language or viewer.language
    said = _said(fields, inbox, language)
    is_message = fields.via == "message"
    if is_message:
        _check_message(inbox, contact, said)
    else:
        require(form.questions, said, language)
    answers = clean_answers(own_questions(inbox), said, inbox, language)
    _agree(contact, inbox, form.consent, fields, language)
    if is_message and said["email"]:
        answer_to(viewer, said["email"])
        contact.refresh_from_db(fields=["email"])
    answers += _differing(contact, said)
    introduce(
        viewer.contact_id, language=fields.language, **{key: said[key] for key in CONTACT_KEYS}
    )
    visit = start.visit | ({"ip": start.address} if inbox.chat.privacy.store_ip else {})
    begun = replace(start, via=fields.via, stage=fields.stage, answers=answers, visit=visit)
    row, message = start_ticket(begun)
    note_chatted(row.number, inbox, fields.invited)
    return row, message


def _said(fields: StartFields, inbox: Inbox, language: str) -> dict[str, str]:
    """All answers by key; those about himself come as fields or among the answers."""
    said = dict(fields.answers)
    for key in CONTACT_KEYS:
        said[key] = getattr(fields, key).strip() or said.get(key, "").strip()
    if said["email"]:
        said["email"] = clean_email(said["email"])
    if said["phone"]:
        said["phone"] = clean_phone(said["phone"], inbox, language)
    return said


def _check_message(inbox: Inbox, contact: Contact, said: dict[str, str]) -> None:
    """A message is left where the company takes them, by somebody whom our answer can reach."""
    if not inbox.chat.absence.leave_message:
        raise NotAllowed
    if not (said["email"] or contact.email):
        raise Invalid(_("We answer by e-mail: please leave your address."), field="email")


def _agree(
    contact: Contact, inbox: Inbox, consent: Consent | None, fields: StartFields, language: str
) -> None:
    """Keeps the words he saw, and when he agreed to them."""
    if consent is None:
        return
    if fields.consent:
        text = words(consent.text, language)
        given = {"text": text, "inbox": str(inbox.public_id), "at": wire(clock.now())}
        contact.consents = [*contact.consents, given]
        contact.save(update_fields=["consents"])
    elif consent.required:
        raise Invalid(_("Please agree to this first."), field="consent")


def _differing(contact: Contact, said: dict[str, str]) -> list[dict[str, str]]:
    """Another address than the one we know is shown to whoever answers, and replaces nothing."""
    return [
        {"key": key, "label": key, "value": said[key], "text": said[key]}
        for key in ("email", "phone")
        if said[key] and getattr(contact, key) and said[key] != getattr(contact, key)
    ]
