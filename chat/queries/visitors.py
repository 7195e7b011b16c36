"""From a token to the visitor it stands for."""

import hashlib
from collections.abc import Collection
from datetime import timedelta

from chat.models import VisitorToken
from helpdesk.accounts.viewer import Visitor
from helpdesk.core import clock
from helpdesk.core.errors import NotSignedIn

VALID_FOR = timedelta(days=180)
USED_PRECISION = timedelta(hours=1)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def fetch_visitor(token: str, inbox: str) -> tuple[Visitor, int]:
    """The visitor and his token's key. Raises NotSignedIn: unknown, expired, revoked, or of
    another inbox, and nobody learns which."""
    if not token:
        raise NotSignedIn
    row = (
        VisitorToken.objects.select_related("identity__contact", "inbox")
        .filter(
            token_hash=hash_token(token),
            inbox__public_id=inbox,
            inbox__is_active=True,
            revoked_at=None,
            last_used_at__gt=clock.now() - VALID_FOR,
        )
        .first()
    )
    if row is None:
        raise NotSignedIn
    _touch(row)
    identity = row.identity
    return Visitor(
        identity_id=identity.pk,
        identity=identity.public_id,
        contact_id=identity.contact_id,
        inbox_id=row.inbox_id,
        name=identity.contact.display_name,
        verified=identity.verified_at is not None,
        language=identity.contact.language or "en",
    ), row.pk


def good_tokens(keys: Collection[int]) -> set[int]:
    """Those tokens that are still good."""
    found = VisitorToken.objects.filter(pk__in=keys, revoked_at=None, inbox__is_active=True)
    return set(found.values_list("pk", flat=True))


def _touch(row: VisitorToken) -> None:
    """Validity slides; written once an hour at most, since every page of a visit comes here."""
    now = clock.now()
    if now - row.last_used_at > USED_PRECISION:
        VisitorToken.objects.filter(pk=row.pk).update(last_used_at=now)
