"""Secrets that a shop signs its customers with: made, shown once, retired."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from chat.models import IdentityKey
from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.viewer import Staff
from helpdesk.core import clock
from helpdesk.core.errors import Invalid
from tickets.models import Inbox

# The one in use, and the one that takes its place.
LIVE = 2


@transaction.atomic
def create_key(viewer: Staff, inbox: Inbox) -> IdentityKey:
    """Its `secret` is readable here and now. Raises NotAllowed, Invalid (two are in use)."""
    viewer.must(Permission.MANAGE)
    Inbox.objects.select_for_update(no_key=True).get(pk=inbox.pk)
    if IdentityKey.objects.filter(inbox=inbox, retired_at=None).count() >= LIVE:
        raise Invalid(_("Two keys are in use. Retire one of them first."))
    return IdentityKey.objects.create(
        inbox=inbox, kid=secrets.token_hex(6), secret=secrets.token_urlsafe(48)
    )


def retire_key(viewer: Staff, key: IdentityKey) -> None:
    """Nothing that it signed is believed from now on; who is known already stays so. Raises
    NotAllowed."""
    viewer.must(Permission.MANAGE)
    IdentityKey.objects.filter(pk=key.pk, retired_at=None).update(retired_at=clock.now())
