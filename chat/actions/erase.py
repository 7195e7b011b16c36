"""A visitor asks to be forgotten, and a manager sees to it."""

from chat.actions.page import forget_pages
from chat.models import Assertion, ErasureRequest, Transcript, VisitorToken
from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.viewer import Staff, Visitor
from helpdesk.core import clock
from helpdesk.core.retry import atomic_with_retry
from helpdesk.realtime.bus import emit
from tickets.actions.erase import empty_contact, erase_tickets
from tickets.actions.identities import announce_farewell, lock_contact
from tickets.events import ContactErased
from tickets.models import Identity


@atomic_with_retry
def ask_for_erasure(viewer: Visitor) -> ErasureRequest:
    """The open request, his first or this one. Raises Busy."""
    contact = lock_contact(viewer)
    request, _ = ErasureRequest.objects.get_or_create(
        contact=contact, done_at=None, defaults={"inbox_id": viewer.inbox_id}
    )
    return request


def erase(viewer: Staff, request: ErasureRequest) -> None:
    """Forgets the person for good. One that is done stays done; one that was cut short goes on.

    Raises NotAllowed.
    """
    viewer.must(Permission.MANAGE)
    if request.done_at is not None:
        return
    _lock_out(viewer, request.contact_id)
    erase_tickets(viewer, request.contact_id)
    _finish(viewer, request)


@atomic_with_retry
def _lock_out(viewer: Staff, contact_id: int) -> None:
    """First of all nobody can come back as him, nor write as him while his tickets are emptied."""
    identities = list(Identity.objects.filter(contact_id=contact_id))
    empty_contact(viewer, contact_id)
    now = clock.now()
    shown = Assertion.objects.filter(token__identity__in=identities).values("digest")
    Assertion.objects.filter(digest__in=shown, revoked_at=None).update(revoked_at=now)
    VisitorToken.objects.filter(identity__in=identities, revoked_at=None).update(revoked_at=now)
    announce_farewell(*(identity.public_id for identity in identities))
    forget_pages([identity.public_id for identity in identities])


@atomic_with_retry
def _finish(viewer: Staff, request: ErasureRequest) -> None:
    # Where a copy was sent, or is about to be.
    Transcript.objects.filter(ticket__contact_id=request.contact_id).delete()
    emit(ContactErased(contact_id=request.contact_id))
    ErasureRequest.objects.filter(pk=request.pk, done_at=None).update(
        done_at=clock.now(), done_by_id=viewer.user_id
    )
