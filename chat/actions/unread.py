"""Replies that a visitor who has gone did not see are mailed to him: each once, in one mail."""

from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from chat.actions.attempts import attempt
from chat.actions.mails import Thread, Words, conversation_mail, language_of, reply_to, zone_of
from chat.models import UnreadNotice
from chat.queries.page_link import page_link
from helpdesk.core import clock
from helpdesk.realtime import presence
from tickets.models import AuthorKind, Inbox
from tickets.queries.messages import public_replies

BATCH = 200
# Who has not been found after three days had no address until now; his mail would be no news.
LOOK_BACK = timedelta(days=3)

# One row a ticket, written on a condition: of two sweeps at once one claims it, and what is being
# sent is left alone. `w` are the inboxes, and before which moment a reply is old enough there.
CLAIM = """
INSERT INTO chat_unreadnotice (ticket_id, since, seq, attempts, retry_at)
SELECT due.number, due.since, m.seq, 0, %(now)s
FROM (
    SELECT t.number, t.contact_seen_seq, coalesce(n.seq, 0) AS since
    FROM tickets_ticket t
    JOIN unnest(%(inboxes)s::bigint[], %(before)s::timestamptz[]) AS w(inbox, before)
        ON w.inbox = t.inbox_id
    JOIN tickets_contact c ON c.id = t.contact_id
    LEFT JOIN chat_unreadnotice n ON n.ticket_id = t.number
    WHERE t.outbound_count > t.contact_seen_outbound
        AND t.last_public_at > %(oldest)s
        AND t.last_public_at <= CASE t.via WHEN 'message' THEN %(now)s ELSE w.before END
        AND c.email <> '' AND c.blocked_at IS NULL
        AND (n.ticket_id IS NULL OR (n.retry_at IS NULL AND n.seq < t.last_public_seq))
        AND (t.via = 'message' OR NOT EXISTS (
            SELECT FROM tickets_identity i
            WHERE i.contact_id = t.contact_id AND i.public_id = ANY(%(here)s::uuid[])))
    ORDER BY t.last_public_at
) due
CROSS JOIN LATERAL (
    SELECT seq FROM tickets_message
    WHERE ticket_id = due.number AND kind = 'reply' AND is_public AND author_kind = 'agent'
        AND seq > greatest(due.since, due.contact_seen_seq)
    ORDER BY seq DESC LIMIT 1
) m
LIMIT %(batch)s
ON CONFLICT (ticket_id) DO UPDATE SET since = chat_unreadnotice.seq, seq = excluded.seq,
    attempts = 0, retry_at = excluded.retry_at
WHERE chat_unreadnotice.retry_at IS NULL AND chat_unreadnotice.seq < excluded.seq
"""


def claim_unread() -> int:
    """Makes notices due; how many. Nothing happens while nobody knows who is here."""
    here = presence.visitors()
    windows = _windows(clock.now())
    if here is None or not windows:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, _parameters(here, windows))
        return int(cursor.rowcount)


def _parameters(here: set[str], windows: dict[int, datetime | None]) -> dict[str, Any]:
    return {
        "now": clock.now(),
        "oldest": clock.now() - LOOK_BACK,
        "inboxes": list(windows),
        "before": list(windows.values()),
        "here": sorted(here),
        "batch": BATCH,
    }


def _windows(now: datetime) -> dict[int, datetime | None]:
    """By inbox: how old the newest reply must be; None: nothing is mailed but to left messages."""
    found: dict[int, datetime | None] = {}
    for inbox in Inbox.objects.filter(kind="chat", is_active=True):
        minutes = inbox.chat.conversation.mail_after_minutes
        found[inbox.pk] = None if minutes is None else now - timedelta(minutes=minutes)
    return found


def mail_unread(key: int, tried: int) -> None:
    attempt(UnreadNotice, key, tried, _compose)


def _compose(notice: UnreadNotice) -> EmailMultiAlternatives | None:
    """None when he has read it meanwhile, or may not be written to any more."""
    ticket = notice.ticket
    contact, inbox = ticket.contact, ticket.inbox
    after = max(notice.since, ticket.contact_seen_seq)
    messages = [
        message
        for message in public_replies(ticket.number, after=after, upto=notice.seq)
        if message.author_kind != AuthorKind.CONTACT
    ]
    if not messages or not contact.email or contact.blocked_at:
        return None
    address = reply_to(ticket.public_id)
    with translation.override(language_of(ticket.language, contact.language)):
        company = {"company": inbox.name}
        words = Words(
            subject=_("Answer from %(company)s") % company,
            intro=_("You were away when we answered you:"),
            link=page_link(inbox, ticket.identity.public_id),
            link_text=_("Go on in the chat"),
            note=_("Or simply answer this mail.") if address else "",
        )
        return conversation_mail(
            inbox,
            contact.email,
            messages,
            words,
            zone=zone_of(contact.time_zone),
            headers=Thread(ticket.public_id, notice.seq, notice.since).headers(),
            reply_to=address,
        )
