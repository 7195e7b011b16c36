"""A waiting chat becomes a message that we answer by mail."""

from uuid import UUID

from django.utils.translation import gettext as _

from chat.actions.answers import clean_email
from chat.actions.visitors import answer_to
from helpdesk.accounts.viewer import Visitor
from helpdesk.core.errors import Invalid, NotAllowed
from helpdesk.core.retry import atomic_with_retry
from tickets.actions.identities import lock_contact
from tickets.actions.leave import turn_into_message
from tickets.models import Inbox
from tickets.queries.rows import TicketRow


@atomic_with_retry
def leave_message(viewer: Visitor, ticket: UUID, email: str) -> TicketRow:
    """The same ticket, out of the queue. Raises NotFound, NotAllowed, Closed, Taken, Busy, Invalid
    (no address to answer to)."""
    contact = lock_contact(viewer)
    inbox = Inbox.objects.get(pk=viewer.inbox_id)
    if not inbox.chat.absence.leave_message:
        raise NotAllowed
    if email.strip():
        answer_to(viewer, clean_email(email))
    elif not contact.email:
        raise Invalid(_("We answer by e-mail: please leave your address."), field="email")
    return turn_into_message(viewer, ticket)
