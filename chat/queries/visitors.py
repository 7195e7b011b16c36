"""From a token to the visitor it stands for."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from chat.models import VisitorToken
from helpdesk.accounts.viewer import Visitor
from helpdesk.core import clock
from helpdesk.core.errors import NotSignedIn
from tickets.models.contact import display_name

VALID_FOR = timedelta(days=180)
USED_PRECISION = timedelta(hours=1)
COLUMNS = (
    "token_hash",
    "inbox__public_id",
    "pk",
    "last_used_at",
    "identity_id",
    "identity__public_id",
    "identity__contact_id",
    "inbox_id",
    "identity__contact__name",
    "identity__contact__email",
    "identity__contact__public_id",
    "identity__verified_at",
    "identity__contact__language",
)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Claim:
    """What a client shows to be let in: his token, and the inbox he says it is for."""

    token: str
    inbox: str


Admitted = tuple[Visitor, int]


def fetch_visitor(token: str, inbox: str) -> Admitted:
    """The visitor and his token's key. Raises NotSignedIn: unknown, expired, revoked, or of
    another inbox, and nobody learns which."""
    (found,) = fetch_visitors([Claim(token, inbox)])
    if found is None:
        raise NotSignedIn
    return found


def fetch_visitors(claims: Sequence[Claim]) -> list[Admitted | None]:
    """The same for many at once, in one query; None for whom is not let in."""
    now = clock.now()
    rows = VisitorToken.objects.filter(
        token_hash__in={hash_token(claim.token) for claim in claims if claim.token},
        inbox__is_active=True,
        revoked_at=None,
        last_used_at__gt=now - VALID_FOR,
    ).values_list(*COLUMNS)
    found = {(row[0], str(row[1])): row for row in rows}
    stale = [row[2] for row in found.values() if now - row[3] > USED_PRECISION]
    if stale:
        # Validity slides; written once an hour at most, since every page of a visit comes here.
        VisitorToken.objects.filter(pk__in=stale).update(last_used_at=now)
    return [_admitted(found.get((hash_token(claim.token), claim.inbox))) for claim in claims]


def _admitted(row: tuple[Any, ...] | None) -> Admitted | None:
    if row is None:
        return None
    token_id, identity_id, identity, contact_id, inbox_id = row[2], *row[4:8]
    name, email, contact, verified_at, language = row[8:]
    return Visitor(
        identity_id=identity_id,
        identity=identity,
        contact_id=contact_id,
        inbox_id=inbox_id,
        name=display_name(name, email, contact),
        verified=verified_at is not None,
        language=language or "en",
    ), token_id


def good_tokens(keys: Collection[int]) -> set[int]:
    """Those tokens that are still good."""
    found = VisitorToken.objects.filter(pk__in=keys, revoked_at=None, inbox__is_active=True)
    return set(found.values_list("pk", flat=True))
