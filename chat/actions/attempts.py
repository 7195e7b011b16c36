"""Tries to mail something until it is done: claimed before it is sent, later again if it failed.

A process that dies between the mail server's yes and our commit leaves the claim; after LEASE the
same mail is sent again, with the same Message-ID, by which most mailboxes keep only one.
"""

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import TypeVar

import structlog
from django.core.mail import EmailMultiAlternatives

from chat.models.attempt import Attempt
from helpdesk.core import clock

log = structlog.get_logger(__name__)
A = TypeVar("A", bound=Attempt)
LEASE = timedelta(minutes=10)
# After each failure; a day and a half in all, then it is given up.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 4, 16, 64, 256, 360, 360, 360, 360, 360)]


def attempt(
    model: type[A], key: int, tried: int, compose: Callable[[A], EmailMultiAlternatives | None]
) -> None:
    """Mails what is due, unless somebody else has claimed that try (`tried`: the tries before).

    `compose` makes the mail; None says that there is nothing to say any more.
    """
    found = model._default_manager.filter(pk=key, attempts=tried, retry_at__lte=clock.now())
    if not found.update(attempts=tried + 1, retry_at=clock.now() + LEASE):
        return
    work = model._default_manager.get(pk=key)
    if tried > len(WAITS):  # each time something broke before a mail server could say no
        _give_up(work)
        return
    mail = compose(work)
    if mail is None:
        _settle(work)
        return
    what = {"kind": model.__name__, "key": key}
    try:
        mail.send()
    except SMTPRecipientsRefused as error:
        codes = [code for code, _reason in error.recipients.values()]
        log.warning("mail.recipient_refused", codes=codes, **what)
        if min(codes) >= 500:  # for ever, says RFC 5321; what begins with 4 may pass
            _settle(work)
        else:
            _postpone(work)
    except (SMTPException, OSError) as error:
        log.warning("mail.not_sent", error=type(error).__name__, **what)
        _postpone(work)
    else:
        work.mailed_at = clock.now()
        _settle(work)


def _settle(work: Attempt) -> None:
    work.attempts, work.retry_at = 0, None
    work.save(update_fields=["attempts", "retry_at", "mailed_at"])


def _postpone(work: Attempt) -> None:
    if work.attempts > len(WAITS):
        _give_up(work)
        return
    work.retry_at = clock.now() + WAITS[work.attempts - 1]
    work.save(update_fields=["retry_at"])


def _give_up(work: Attempt) -> None:
    log.error("mail.given_up", kind=type(work).__name__, key=work.pk)
    _settle(work)
