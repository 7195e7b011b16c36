"""What a shop's own server does: it signs who its customer is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import jwt

from chat.models import IdentityKey
from helpdesk.core import clock


def claims(key: IdentityKey, **changed: Any) -> dict[str, Any]:
    """A good set; a claim that is changed to None is left out."""
    expires = (clock.now() + timedelta(hours=1)).timestamp()
    whole = {"sub": "42", "aud": str(key.inbox.public_id), "exp": int(expires), **changed}
    return {name: value for name, value in whole.items() if value is not None}


def sign(
    key: IdentityKey,
    *,
    secret: str = "",
    kid: str | None = None,
    alg: str = "HS256",
    **changed: Any,
) -> str:
    return jwt.encode(
        claims(key, **changed),
        secret or (key.secret if alg != "none" else None),
        algorithm=alg,
        headers={"kid": key.kid if kid is None else kid},
    )
