"""A browser becomes a visitor."""

import secrets
from uuid import uuid4

from django.db import transaction

from chat.actions.answers import clean_email
from chat.models import VisitorToken
from chat.queries.visitors import hash_token
from helpdesk.accounts.domain.hours import zone_named
from helpdesk.accounts.viewer import Visitor
from helpdesk.core.retry import atomic_with_retry
from helpdesk.core.text import clean, one_line
from tickets.actions.contacts import announce_contact
from tickets.actions.identities import lock_contact
from tickets.models import Contact, Identity, Inbox


@transaction.atomic
def create_visitor(inbox: Inbox, language: str) -> tuple[str, Identity]:
    """A new anonymous visitor of an inbox and his token, which nobody can read again."""
    contact = Contact.objects.create(language=language)
    identity = Identity.objects.create(contact=contact, kind="visitor", address=str(uuid4()))
    token = secrets.token_urlsafe(32)
    VisitorToken.objects.create(token_hash=hash_token(token), identity=identity, inbox=inbox)
    return token, identity


def introduce(
    contact_id: int, *, name: str = "", email: str = "", phone: str = "", language: str = ""
) -> None:
    """Keeps what a visitor says of himself where we know nothing yet (R7); never overwrites, and
    a typed address opens nobody's history. E-mail and phone are clean already."""
    contact = Contact.objects.get(pk=contact_id)
    shown = contact.display_name
    contact.name = contact.name or one_line(clean(name), 120)
    contact.email = contact.email or email
    contact.phone = contact.phone or phone
    contact.language = contact.language or language[:8]
    contact.save(update_fields=["name", "language", "email", "phone"])
    if contact.display_name != shown:
        announce_contact(contact.pk)


def answer_to(viewer: Visitor, email: str) -> None:
    """Where the message that he leaves is answered: what he typed before gives way to it, but what
    his shop has vouched for stays. `email` is clean already."""
    contacts = Contact.objects.filter(pk=viewer.contact_id)
    if not viewer.verified:
        contacts.update(email=email)
    introduce(viewer.contact_id, email=email)


def remember_zone(viewer: Visitor, name: str) -> None:
    """Where his clocks stand, for the times in mails; what is no zone says nothing."""
    if zone := known_zone(name):
        Contact.objects.filter(pk=viewer.contact_id).exclude(time_zone=zone).update(time_zone=zone)


def known_zone(name: str) -> str:
    """A browser's word for its time zone; "" for one that there is not."""
    try:
        return zone_named(name).key
    except ValueError:
        return ""


@atomic_with_retry
def leave_email(viewer: Visitor, email: str) -> str:
    """Where he can be reached when he has gone; the address that we keep, which may be another if
    one was known. Raises Invalid, Busy."""
    address = clean_email(email)
    lock_contact(viewer)
    introduce(viewer.contact_id, email=address)
    return Contact.objects.get(pk=viewer.contact_id).email
