"""Several sweeps and workers at once: each reply leaves in one mail."""

from typing import Any

import pytest

from chat.actions import unread
from chat.models import UnreadNotice
from chat.queries.due import due_unread
from helpdesk.core import clock
from tests import make
from tests.people import People
from tests.races.threads import race
from tests.support.smtp import mail_server
from tickets.models import Contact, Ticket, Via

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_sweeps_at_once_mail_each_reply_once(people: People, settings: Any) -> None:
    Contact.objects.filter(pk=people.vera.contact_id).update(email="vera@example.com")
    alice = make.viewer(people.alice)
    rows = [make.ticket(people.vera, f"Question {n}") for n in range(12)]
    Ticket.objects.update(via=Via.MESSAGE)

    def sweep() -> int:
        claimed = unread.claim_unread()
        for key, tried in due_unread():
            unread.mail_unread(key, tried)
        return claimed

    def answer() -> int:
        for number, row in enumerate(rows):
            make.reply(alice, row, f"Answer {number}.")
        return 0

    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        for _ in range(3):
            race(answer, *[sweep] * 4)
        sweep()
        said = [mail.get_body(("plain",)) for mail in server.mails]
    assert not UnreadNotice.objects.filter(retry_at__lte=clock.now()).exists()
    names = [mail["Message-ID"] for mail in server.mails]
    assert len(names) == len(set(names))
    texts = "\n".join(str(body.get_content()) for body in said if body)
    for number in range(len(rows)):
        assert texts.count(f"Answer {number}.") == 3
