"""A visitor is who his shop says he is: signed words in, a token of ours out."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.db import IntegrityError, transaction

from chat.actions.answers import clean_email
from chat.domain.assertions import LEEWAY, Untrusted, Word, key_id, read_assertion
from chat.models import Assertion, ErasureRequest, IdentityKey, Transcript, VisitorToken
from chat.queries.visitors import USED_PRECISION, Admitted, hash_token
from helpdesk.accounts.viewer import Visitor
from helpdesk.core import clock
from helpdesk.core.errors import Invalid, NotAllowed
from helpdesk.core.retry import atomic_with_retry
from tickets.actions.contacts import announce_contact
from tickets.actions.identities import (
    announce_farewell,
    announce_more,
    hand_over,
    lock_contacts,
)
from tickets.actions.phone import clean_phone
from tickets.models import Contact, Identity, Inbox

log = structlog.get_logger(__name__)
CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Identified:
    """Who he is; `token` is None when the one he came with is his already."""

    identity: Identity
    token: str | None


def identify(inbox: Inbox, assertion: str, came_as: Admitted | None) -> Identified:
    """Raises NotAllowed, alike for whatever is wrong with the assertion; our log says what."""
    try:
        word = _read(inbox, assertion)
        return _admit(inbox, word, _digest(assertion), came_as)
    except Untrusted as untrusted:
        log.info("identify.refused", inbox=inbox.pk, reason=str(untrusted))
        raise NotAllowed from untrusted


def _digest(assertion: str) -> str:
    return hashlib.sha256(assertion.encode()).hexdigest()


def _read(inbox: Inbox, assertion: str) -> Word:
    kid = key_id(assertion)
    key = IdentityKey.objects.filter(inbox=inbox, kid=kid, retired_at=None).first()
    if key is None:
        raise Untrusted("key")
    word = read_assertion(assertion, key.secret, str(inbox.public_id))
    now = clock.now()
    if key.last_used_at is None or now - key.last_used_at > USED_PRECISION:
        IdentityKey.objects.filter(pk=key.pk).update(last_used_at=now)
    return word


@atomic_with_retry
def _admit(inbox: Inbox, word: Word, digest: str, came_as: Admitted | None) -> Identified:
    customer = _customer(inbox, word)
    contacts = lock_contacts(customer.contact_id, *([came_as[0].contact_id] if came_as else []))
    if Assertion.objects.filter(digest=digest, revoked_at__isnull=False).exists():
        raise Untrusted("signed out")
    customer.contact = contacts[customer.contact_id]
    is_renamed = _take_his_word(customer.contact, inbox, word)
    token = None
    if came_as is not None and came_as[0].identity_id == customer.pk:
        token_id = came_as[1]
    else:
        token, token_id = _issue(customer, inbox)
        if came_as is not None and _leave_behind(came_as, customer):
            is_renamed = False  # which is said already, with what was handed over
    if is_renamed:
        announce_contact(customer.contact.pk)
    Assertion.objects.bulk_create(
        [Assertion(digest=digest, token_id=token_id, expires_at=word.expires_at)],
        ignore_conflicts=True,
    )
    return Identified(customer, token)


def _customer(inbox: Inbox, word: Word) -> Identity:
    """The shop's customer as we know him, or as we come to know him now; one, however many ask."""
    address = f"{inbox.public_id}:{word.subject}"
    known = Identity.objects.filter(kind=CUSTOMER, address=address)
    if found := known.first():
        return found
    try:
        with transaction.atomic():
            return Identity.objects.create(
                contact=Contact.objects.create(),
                kind=CUSTOMER,
                address=address,
                verified_at=clock.now(),
            )
    except IntegrityError:  # somebody else was first, and has committed
        return known.get()


def _take_his_word(contact: Contact, inbox: Inbox, word: Word) -> bool:
    """What the shop says replaces what we had; of what it does not say, or says in a form that is
    none, we keep what we had. Does he show another name now?"""
    shown = contact.display_name
    contact.name = word.name or contact.name
    contact.email = _if_good(word.email, clean_email) or contact.email
    phone = _if_good(word.phone, lambda text: clean_phone(text, inbox, word.language))
    contact.phone = phone or contact.phone
    contact.language = word.language or contact.language
    contact.attributes = {**contact.attributes, "signed": word.attributes}
    contact.save(update_fields=["name", "email", "phone", "language", "attributes"])
    return contact.display_name != shown


def _if_good(text: str, clean: Callable[[str], str]) -> str:
    try:
        return clean(text) if text else ""
    except Invalid:
        return ""


def _issue(customer: Identity, inbox: Inbox) -> tuple[str, int]:
    token = secrets.token_urlsafe(32)
    made = VisitorToken.objects.create(token_hash=hash_token(token), identity=customer, inbox=inbox)
    return token, made.pk


def _leave_behind(came_as: Admitted, customer: Identity) -> bool:
    """Whoever this browser was, it is he no more. What a stranger wrote here is the customer's, but
    never what another customer did. Was anything handed over?"""
    viewer, token_id = came_as
    VisitorToken.objects.filter(pk=token_id).update(revoked_at=clock.now())
    stranger = (
        Identity.objects.filter(pk=viewer.identity_id, contact_id=viewer.contact_id)
        .filter(verified_at=None)
        .exclude(contact__identities__verified_at__isnull=False)
        .select_related("contact")
        .first()
    )
    if stranger is not None:
        _hand_over_wishes(stranger, customer)
        hand_over(stranger, customer)
        announce_more(customer)
    announce_farewell(viewer.identity)
    return stranger is not None


def _hand_over_wishes(stranger: Identity, customer: Identity) -> None:
    """Copies of conversations that are on their way; and who asked to be forgotten while we did not
    know him has asked for all of it."""
    Transcript.objects.filter(identity=stranger).update(identity=customer)
    asked = ErasureRequest.objects.filter(done_at=None)
    if not asked.filter(contact=customer.contact).exists():
        asked.filter(contact=stranger.contact).update(contact=customer.contact)


@atomic_with_retry
def sign_out(viewer: Visitor, token_id: int) -> None:
    """Ends this browser's token, and every assertion that was shown with it, for everybody."""
    now = clock.now()
    shown = Assertion.objects.filter(token_id=token_id).values("digest")
    Assertion.objects.filter(digest__in=shown, revoked_at=None).update(revoked_at=now)
    VisitorToken.objects.filter(pk=token_id, revoked_at=None).update(revoked_at=now)
    announce_farewell(viewer.identity)


def purge_assertions() -> int:
    """Deletes those that nobody would believe any more; how many."""
    return Assertion.objects.filter(expires_at__lt=clock.now() - LEEWAY).delete()[0]
