"""Whose conversations are whose: a stranger turns out to be a customer we know."""

from uuid import UUID

from django.db import connection

from helpdesk.accounts.viewer import Visitor
from helpdesk.core.errors import Busy
from helpdesk.realtime.entry import Entry
from helpdesk.realtime.outbox import announce
from tickets.actions.contacts import LIMIT, NEWEST
from tickets.actions.record import Change, lock_rows, record
from tickets.models import Attachment, Contact, Identity
from tickets.queries.topics import visitor_topic

# An author's key goes with the ticket: by (ticket, author, ref) a message that is sent again finds
# the one that was written.
MOVE = """
    UPDATE tickets_ticket SET contact_id = %(to)s, identity_id = %(as)s, last_public_author_id =
        CASE last_public_author WHEN 'contact' THEN %(to)s ELSE last_public_author_id END
        WHERE number = ANY(%(tickets)s);
    UPDATE tickets_message SET author_id = %(to)s
        WHERE ticket_id = ANY(%(tickets)s) AND author_kind = 'contact' AND author_id = %(of)s
"""


def lock_contact(viewer: Visitor) -> Contact:
    """The visitor's contact, held until the transaction ends. Raises Busy when he has become
    somebody else's since he was let in: his next try comes as who he is now."""
    contact = Contact.objects.select_for_update(no_key=True).filter(pk=viewer.contact_id).first()
    is_his = Identity.objects.filter(pk=viewer.identity_id, contact_id=viewer.contact_id).exists()
    if contact is None or not is_his:
        raise Busy
    return contact


def lock_contacts(*ids: int) -> dict[int, Contact]:
    """In one order for everybody."""
    found = Contact.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    return {contact.pk: contact for contact in found}


def hand_over(stranger: Identity, customer: Identity) -> None:
    """Gives the stranger's tickets to the customer, and to his contact what the stranger said of
    himself where we know nothing better. Must run in a transaction that holds both contacts.

    All at once, however many tickets: half a history is nobody's.
    """
    origin, contact = stranger.contact, customer.contact
    # The customer's own show his name, which may be news too: one statement locks them all.
    locked = lock_rows(
        f"t.identity_id = %s OR t.number IN ({NEWEST})", [stranger.pk, contact.pk, LIMIT]
    )
    moved = [row.number for row in locked if row.identity_id == stranger.pk]
    with connection.cursor() as cursor:
        cursor.execute(
            MOVE,
            {"to": contact.pk, "as": customer.pk, "of": origin.pk, "tickets": moved},
        )
    Attachment.objects.filter(identity=stranger, message=None).update(identity=customer)
    Identity.objects.filter(pk=stranger.pk).update(contact=contact)
    _inherit(contact, origin)
    if not origin.identities.exists() and not origin.tickets.exists():
        origin.delete()
    if locked:
        numbers = [row.number for row in locked]
        record(Change(touched=lock_rows("t.number = ANY(%s)", [numbers])))


def _inherit(contact: Contact, origin: Contact) -> None:
    for name in ("name", "email", "phone", "language", "time_zone"):
        setattr(contact, name, getattr(contact, name) or getattr(origin, name))
    contact.consents = [*contact.consents, *origin.consents]
    if page := origin.attributes.get("page"):
        contact.attributes = {**contact.attributes, "page": page}
    contact.save()


def announce_more(identity: Identity) -> None:
    """He has more conversations than before: his screens load anew."""
    announce([Entry((visitor_topic(identity.public_id),), public='{"type":"config.changed"}')])


def announce_farewell(*identities: UUID) -> None:
    """Somebody has signed out, or become somebody else: every process asks whose tokens are still
    good, and closes the sockets of the others."""
    topics = [visitor_topic(identity) for identity in identities]
    announce([Entry((topic,), keep=False, access=topic) for topic in topics])
