"""The address under which an answer by mail finds its ticket.

`reply+<token>@domain`: the token is the ticket's id and a signature, in letters and digits that
survive mail servers which change case. Whoever has it may write on that ticket and see nothing.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence
from uuid import UUID

SIGNATURE_BYTES = 10
TOKEN_BYTES = 16 + SIGNATURE_BYTES


def reply_address(ticket: UUID, domain: str, key: bytes) -> str:
    signed = ticket.bytes + _signature(ticket, key)
    token = base64.b32encode(signed).decode().rstrip("=").lower()
    return f"reply+{token}@{domain}"


def ticket_of(address: str, keys: Sequence[bytes]) -> UUID | None:
    """The ticket that an address of ours names; None if none of the keys has signed it."""
    local, _, _domain = address.rpartition("@")
    prefix, _, token = local.partition("+")
    if prefix.lower() != "reply":
        return None
    try:
        signed = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except (binascii.Error, ValueError):
        return None
    if len(signed) != TOKEN_BYTES:
        return None
    ticket, signature = UUID(bytes=signed[:16]), signed[16:]
    good = any(hmac.compare_digest(signature, _signature(ticket, key)) for key in keys)
    return ticket if good else None


def _signature(ticket: UUID, key: bytes) -> bytes:
    return hmac.new(key, ticket.bytes, hashlib.sha256).digest()[:SIGNATURE_BYTES]
