"""Making invitations, and counting what comes of them: never who it was, only how many."""

from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from chat.domain.invitations import Conditions, Wording
from chat.models import Invitation, InvitationCount, InvitedTicket
from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.viewer import Staff
from helpdesk.core import clock
from helpdesk.core.errors import Invalid, NotFound
from helpdesk.realtime.frames import Invited
from tickets.models import Inbox

# Every page of the shop carries them.
MOST_PER_INBOX = 12
# What a page tells us; what comes later we see ourselves.
Told = Literal["shown", "accepted", "dismissed"]


@dataclass(frozen=True, slots=True)
class InvitationData:
    """What a manager says of an invitation."""

    name: str
    conditions: Conditions
    wording: Wording
    every_hours: int = 24
    is_active: bool = True


def create_invitation(viewer: Staff, inbox: Inbox, data: InvitationData) -> Invitation:
    """The last of its inbox. Raises NotAllowed, Invalid (there are many already)."""
    viewer.must(Permission.MANAGE)
    others = Invitation.objects.filter(inbox=inbox)
    if others.count() >= MOST_PER_INBOX:
        raise Invalid(
            _("At most %(count)s invitations: every page carries them all.")
            % {"count": MOST_PER_INBOX}
        )
    last = others.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    return Invitation.objects.create(inbox=inbox, position=position, **_fields(data))


def update_invitation(viewer: Staff, invitation: Invitation, data: InvitationData) -> None:
    """Its place stays: somebody may be moving it. Raises NotAllowed."""
    viewer.must(Permission.MANAGE)
    Invitation.objects.filter(pk=invitation.pk).update(**_fields(data))


def _fields(data: InvitationData) -> dict[str, Any]:
    return {
        "name": data.name,
        "is_active": data.is_active,
        "every_hours": data.every_hours,
        "conditions": data.conditions.model_dump(mode="json", exclude_defaults=True),
        "texts": data.wording.model_dump(mode="json")["texts"],
    }


@transaction.atomic
def delete_invitation(viewer: Staff, invitation: Invitation) -> None:
    """With all that was counted. Raises NotAllowed."""
    viewer.must(Permission.MANAGE)
    _lock(pk=invitation.pk)
    invitation.delete()


def switch_invitation(viewer: Staff, invitation: Invitation, *, is_active: bool) -> None:
    """Raises NotAllowed."""
    viewer.must(Permission.MANAGE)
    invitation.is_active = is_active
    invitation.save(update_fields=["is_active"])


@transaction.atomic
def move_invitation(viewer: Staff, invitation: Invitation, *, by: Literal[-1, 1]) -> None:
    """One place up or down, if there is one. Raises NotAllowed, NotFound (it was just deleted)."""
    viewer.must(Permission.MANAGE)
    rows = list(
        Invitation.objects.select_for_update(no_key=True).filter(inbox_id=invitation.inbox_id)
    )
    if invitation not in rows:
        raise NotFound
    at = rows.index(invitation)
    rows.insert(max(0, at + by), rows.pop(at))
    for position, row in enumerate(rows):
        row.position = position
    Invitation.objects.bulk_update(rows, ["position"])


# ---- counting ------------------------------------------------------------------------------------


@transaction.atomic
def count_told(inbox: Inbox, invited: Invited, what: Told) -> None:
    """What a page says has happened; of an invitation that this inbox does not have, nothing is."""
    if _lock_invited(inbox, invited):
        _add(invited.id, invited.variant, what)


def note_chatted(ticket_id: int, inbox: Inbox, invited: Invited | None) -> None:
    """A conversation has begun, perhaps by an invitation; a forged one is ignored. Runs in the
    transaction that begins it."""
    if invited is not None and _lock_invited(inbox, invited):
        InvitedTicket.objects.create(
            ticket_id=ticket_id, invitation_id=invited.id, variant=invited.variant
        )
        _add(invited.id, invited.variant, "chatted")


@transaction.atomic
def note_solved(ticket_id: int) -> None:
    """Counts where the conversation came from, the first time that it is solved."""
    unsolved = InvitedTicket.objects.filter(ticket_id=ticket_id, solved_at=None)
    row = unsolved.first()
    if row and _lock(pk=row.invitation_id) and unsolved.update(solved_at=clock.now()):
        _add(row.invitation_id, row.variant, "solved")


def _lock_invited(inbox: Inbox, invited: Invited) -> bool:
    """Whether this inbox has such an invitation, with a text of that number."""
    found = _lock(pk=invited.id, inbox=inbox)
    return found is not None and invited.variant < len(found.texts)


def _lock(**which: Any) -> Invitation | None:
    """Before its counts: nobody deletes it meanwhile, and whoever does waits here."""
    return Invitation.objects.select_for_update(no_key=True).filter(**which).first()


def _add(invitation_id: int, variant: int, what: str) -> None:
    """One more today. The row is made by whoever comes first, and raised by everybody."""
    key = {"invitation_id": invitation_id, "variant": variant, "day": clock.now().date()}
    InvitationCount.objects.bulk_create([InvitationCount(**key)], ignore_conflicts=True)
    InvitationCount.objects.filter(**key).update(**{what: F(what) + 1})
