"""Somebody whom our answer cannot reach in the chat, and what is done each minute for him."""

from datetime import timedelta

from chat.actions import transcripts, unread
from chat.queries.due import due_transcripts, due_unread
from helpdesk.core import clock
from tests import make
from tests.people import People
from tickets.models import Contact
from tickets.queries.rows import TicketRow

VERA = "vera@example.com"
MINUTE = timedelta(minutes=1)


def sweep() -> None:
    """What beat and the worker do each minute."""
    unread.claim_unread()
    for key, tried in due_unread():
        unread.mail_unread(key, tried)
    for key, tried in due_transcripts():
        transcripts.mail_transcript(key, tried)


def sweep_in(wait: timedelta) -> None:
    with clock.moved_to(clock.now() + wait):
        sweep()


def reachable(people: People, **fields: object) -> None:
    Contact.objects.filter(pk=people.vera.contact_id).update(email=VERA, **fields)


def answer_who_has_gone(people: People) -> TicketRow:
    """Vera, whose address we know, has gone; then Alice answered twice."""
    reachable(people)
    row = make.ticket(people.vera, "Is it in stock?")
    alice = make.viewer(people.alice)
    make.reply(alice, row, "Yes, it is.")
    make.note(alice, row, "she asked twice already")
    make.reply(alice, row, "Shall I <b>reserve</b> one? See https://shop.example/halo")
    return row
