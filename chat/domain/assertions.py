"""Reading what a shop's server signed about its customer.

One form alone is read: a JWT, HS256, of one inbox, for one person, for a short while. Whatever else
comes is `Untrusted`, with a reason for our own log; the stranger who sent it is not told.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import jwt
from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from chat.domain.attributes import Value, clean_attributes
from helpdesk.core import clock
from helpdesk.core.text import clean, one_line

ALGORITHM = "HS256"
LONGEST = timedelta(hours=24)
LEEWAY = timedelta(seconds=60)
# Header, claims, and a signature of 256 bits: an empty or another one is none.
FORM = re.compile(r"[A-Za-z0-9_-]{1,512}\.[A-Za-z0-9_-]{1,8192}\.[A-Za-z0-9_-]{43}")
KID = re.compile(r"[A-Za-z0-9_-]{1,16}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


class Untrusted(Exception):
    """Not signed by this shop for this inbox, or not now, or not in a form that we read."""


def _text(value: Any) -> Any:
    """Shops have null where they know nothing."""
    return "" if value is None else value


Text = Annotated[str, BeforeValidator(_text), Field(max_length=500)]


class _Claims(BaseModel):
    sub: str = Field(min_length=1, max_length=120)
    exp: float = Field(strict=True)
    name: Text = ""
    email: Text = ""
    phone: Text = ""
    language: Text = ""
    attributes: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """What the shop vouches for; `""` where it says nothing. `subject` is its own id of him."""

    subject: str
    expires_at: datetime
    name: str
    email: str
    phone: str
    language: str
    attributes: dict[str, Value]


def key_id(token: str) -> str:
    """Which key the token says it was signed with. Raises Untrusted."""
    if not FORM.fullmatch(token):
        raise Untrusted("form")
    try:
        kid = jwt.get_unverified_header(token).get("kid")
    except jwt.PyJWTError as error:
        raise Untrusted("header") from error
    if not isinstance(kid, str) or not KID.fullmatch(kid):
        raise Untrusted("kid")
    return kid


def read_assertion(token: str, secret: str, audience: str) -> Word:
    """The token's content, if `secret` signed it for `audience`. Raises Untrusted."""
    try:
        found = jwt.decode(
            token,
            secret,
            algorithms=[ALGORITHM],
            audience=audience,
            # The time is looked at below, by our own clock.
            options={"require": ["exp", "sub", "aud"], "strict_aud": True, "verify_exp": False},
            leeway=LEEWAY,
        )
        claims = _Claims.model_validate(found)
        attributes = clean_attributes(claims.attributes or {})
    except ValidationError as error:
        raise Untrusted("claims") from error
    except (jwt.PyJWTError, ValueError, RecursionError) as error:
        raise Untrusted(f"{type(error).__name__}: {error}") from error
    if clean(claims.sub) != claims.sub:
        raise Untrusted("sub")
    return Word(
        subject=claims.sub,
        expires_at=_expiry(claims.exp),
        name=one_line(clean(claims.name), 120),
        email=claims.email.strip(),
        phone=claims.phone.strip(),
        language=claims.language if LANGUAGE.fullmatch(claims.language) else "",
        attributes={key: value for key, value in attributes.items() if value is not None},
    )


def _expiry(exp: float) -> datetime:
    """Over already, or further ahead than anybody should be believed? Raises Untrusted."""
    now = clock.now()
    if not (now - LEEWAY).timestamp() < exp <= (now + LONGEST + LEEWAY).timestamp():
        raise Untrusted("exp")
    return datetime.fromtimestamp(exp, UTC)
