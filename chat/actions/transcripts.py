"""A copy of a conversation, mailed to an address that the visitor names."""

from datetime import timedelta
from functools import partial
from uuid import UUID

import structlog
from celery import current_app
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as BrokerError

from chat.actions.answers import clean_email
from chat.actions.attempts import attempt
from chat.actions.mails import Words, conversation_mail, language_of, mail_domain, zone_of
from chat.actions.visitors import known_zone
from chat.models import Transcript
from chat.queries.page_link import page_link
from helpdesk.accounts.viewer import Visitor
from helpdesk.core import clock
from helpdesk.core.errors import NotAllowed, TooMany
from helpdesk.core.retry import atomic_with_retry
from tickets.actions.identities import lock_contact
from tickets.models import Inbox
from tickets.queries import fetch_ticket_for
from tickets.queries.messages import public_replies

log = structlog.get_logger(__name__)
DAY = timedelta(days=1)
A_TICKET, A_VISITOR = 3, 10  # in a day
# Whoever becomes a new visitor each time must not fill somebody else's mailbox through us.
AN_ADDRESS = 10
KEPT = timedelta(days=2)


@atomic_with_retry
def ask_for_transcript(viewer: Visitor, ticket: UUID, email: str, time_zone: str) -> Transcript:
    """Due at once. Raises NotFound, NotAllowed, Invalid (field email), TooMany, Busy."""
    row = fetch_ticket_for(viewer, ticket)
    if not Inbox.objects.get(pk=viewer.inbox_id).chat.conversation.transcript:
        raise NotAllowed
    address = clean_email(email)
    lock_contact(viewer)  # so that two requests at once are counted one after the other
    lately = Transcript.objects.filter(created_at__gt=clock.now() - DAY)
    if lately.filter(ticket_id=row.number).count() >= A_TICKET:
        raise TooMany
    if lately.filter(identity_id=viewer.identity_id).count() >= A_VISITOR:
        raise TooMany
    if lately.filter(email=address).count() >= AN_ADDRESS:
        raise TooMany
    wanted = Transcript.objects.create(
        ticket_id=row.number,
        identity_id=viewer.identity_id,
        email=address,
        language=language_of(row.language, viewer.language),
        time_zone=known_zone(time_zone),
        retry_at=clock.now(),
        created_at=clock.now(),
    )
    transaction.on_commit(partial(_wake, wanted.pk))
    return wanted


def _wake(key: int) -> None:
    try:
        current_app.send_task("chat.mail_transcript", [key, 0])
    except BrokerError as error:  # the sweep finds it
        log.warning("transcript.not_woken", key=key, error=str(error))


def mail_transcript(key: int, tried: int) -> None:
    attempt(Transcript, key, tried, _compose)


def forget_old_transcripts() -> None:
    old = Transcript.objects.filter(created_at__lt=clock.now() - KEPT, retry_at=None)
    old.delete()


def _compose(wanted: Transcript) -> EmailMultiAlternatives | None:
    messages = public_replies(wanted.ticket_id)
    if not messages:
        return None
    ticket = wanted.ticket
    with translation.override(wanted.language):
        company = {"company": ticket.inbox.name}
        words = Words(
            subject=_("Your conversation with %(company)s") % company,
            intro=_("Here is the copy that you asked for."),
            link=page_link(ticket.inbox, ticket.identity.public_id),
            link_text=_("Open the chat"),
        )
        return conversation_mail(
            ticket.inbox,
            wanted.email,
            messages,
            words,
            zone=zone_of(wanted.time_zone),
            headers={"Message-ID": f"<transcript.{wanted.pk}.{ticket.public_id}@{mail_domain()}>"},
        )
