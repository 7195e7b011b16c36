"""What may go wrong on purpose: one class a reason, with the code that the wire speaks.

`message` is for a person, in his language; it is rendered in one place for HTTP
(`helpdesk.core.middleware.domain_errors`) and in one for sockets (`helpdesk.realtime.frames`).
"""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A refusal that the caller can explain; never a bug."""

    code: ClassVar[str] = "invalid"
    status: ClassVar[int] = 400
    text: ClassVar[str | Promise] = _("That is not possible.")

    def __init__(self, message: str | Promise = "", **details: Any) -> None:
        super().__init__(message or self.text)
        self.message = message or self.text
        self.details = details

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "message": str(self.message), **self.details}


class Invalid(DomainError):
    code = "invalid"
    text = _("Something in this request is not right.")


class TooLong(DomainError):
    code = "too_long"
    status = 413
    text = _("This message is too long.")


class TooMany(DomainError):
    code = "too_many"
    status = 429
    text = _("Too many at once. Please wait a moment.")


class NotAllowed(DomainError):
    code = "not_allowed"
    status = 403
    text = _("You may not do that.")


class NotSignedIn(DomainError):
    code = "not_signed_in"
    status = 401
    text = _("Please sign in again.")


class NotFound(DomainError):
    code = "not_found"
    status = 404
    text = _("There is no such thing, or it is not for you.")


class FileRefused(DomainError):
    code = "file_refused"
    status = 422
    text = _("This file cannot be sent.")


class Closed(DomainError):
    code = "closed"
    status = 409
    text = _("This conversation is closed.")


class Taken(DomainError):
    code = "taken"
    status = 409
    text = _("Somebody of us has just joined. Write to them here.")


class NewerExists(DomainError):
    code = "newer_exists"
    status = 409
    text = _("There is a newer message. Have a look before you send.")


class OverCapacity(DomainError):
    code = "over_capacity"
    status = 409
    text = _("This agent has no free slot.")


class Busy(DomainError):
    code = "busy"
    status = 503
    text = _("Too busy right now. Please try again.")
