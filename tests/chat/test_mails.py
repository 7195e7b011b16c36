"""Replies that nobody has seen are mailed, through a mail server on loopback: when, and how."""

import re
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat.actions import attempts, unread
from chat.actions.page import note_page
from chat.models import UnreadNotice
from chat.queries.due import due_unread
from helpdesk.core import clock
from helpdesk.core.crypto import keys_for
from helpdesk.realtime import presence
from tests import make
from tests.chat.mailing import MINUTE, VERA, reachable, sweep, sweep_in
from tests.people import People
from tests.support.smtp import MailServer
from tickets.actions.seen import mark_seen
from tickets.actions.solve import solve
from tickets.domain.reply_address import ticket_of
from tickets.models import Contact, Ticket, Via
from tickets.queries.rows import TicketRow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("post")]


@pytest.fixture
def receives(settings: Any) -> None:
    """An installation whose answers by mail come back."""
    settings.ENV = settings.ENV.model_copy(update={"reply_domain": "reply.example"})


# ---- unread replies -----------------------------------------------------------------------------


def test_what_was_not_read_is_mailed_once(
    people: People, post: MailServer, answered: TicketRow
) -> None:
    sweep_in(9 * MINUTE)
    assert post.mails == []
    sweep_in(11 * MINUTE)
    sweep_in(12 * MINUTE)
    (mail,) = post.mails
    assert mail["To"] == VERA
    assert mail["From"] == f"{people.inbox.name} <help@desk.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(rf"<{answered.id}\.\d+@desk\.example>", mail["Message-ID"])
    assert mail["Reply-To"] is None
    assert mail["List-Unsubscribe"] is None
    text = post.text()
    assert "Alice · " in text
    assert "Adams" not in text
    assert text.index("Yes, it is.") < text.index("Shall I <b>reserve</b> one?")
    assert "twice already" not in mail.as_string()
    assert f"http://localhost:8000/chat/{people.inbox.public_id}/" in text
    html = post.text("html")
    assert "Shall I &lt;b&gt;reserve&lt;/b&gt; one?" in html
    assert '<a href="https://shop.example/halo"' in html


def test_later_replies_follow_in_the_same_thread(
    people: People, post: MailServer, answered: TicketRow
) -> None:
    sweep_in(11 * MINUTE)
    make.reply(make.viewer(people.alice), answered, "I have reserved it.")
    sweep_in(30 * MINUTE)
    first, second = post.mails
    assert second["In-Reply-To"] == first["Message-ID"]
    assert second["References"].split() == [
        f"<{answered.id}.0@desk.example>", first["Message-ID"],
    ]  # fmt: skip
    assert second["Subject"] == first["Subject"]
    assert "I have reserved it." in post.text()
    assert "Yes, it is." not in post.text()


@pytest.mark.parametrize("what", ["read", "written", "here", "blocked", "no address", "off"])
def test_nothing_is_mailed(
    people: People, post: MailServer, answered: TicketRow, what: str
) -> None:
    match what:
        case "read":
            mark_seen(people.vera, answered.id, 99)
        case "written":
            make.reply(people.vera, answered, "Yes, please.")
        case "here":
            presence.renew(visitors=[str(people.vera.identity)])
        case "blocked":
            reachable(people, blocked_at=clock.now())
        case "no address":
            Contact.objects.update(email="")
        case "off":
            people.inbox.settings = {"conversation": {"mail_after_minutes": None}}
            people.inbox.save()
    sweep_in(20 * MINUTE)
    assert post.mails == []
    assert not UnreadNotice.objects.exists()


def test_nothing_is_mailed_while_nobody_knows_who_is_here(
    post: MailServer, answered: TicketRow
) -> None:
    presence.mark_unknown()
    sweep_in(20 * MINUTE)
    assert post.mails == []


def test_what_is_read_after_the_claim_is_not_mailed(
    people: People, post: MailServer, answered: TicketRow
) -> None:
    with clock.moved_to(clock.now() + 11 * MINUTE):
        assert unread.claim_unread() == 1
        mark_seen(people.vera, answered.id, 99)
        sweep()
        assert due_unread() == []
    assert post.mails == []


def test_an_end_is_no_reply(people: People, post: MailServer, answered: TicketRow) -> None:
    sweep_in(11 * MINUTE)
    solve(make.viewer(people.alice), answered.id)
    sweep_in(30 * MINUTE)
    assert len(post.mails) == 1


def test_a_left_message_is_answered_at_once(
    people: People, post: MailServer, answered: TicketRow
) -> None:
    people.inbox.settings = {"conversation": {"mail_after_minutes": None}}
    people.inbox.save()
    Ticket.objects.update(via=Via.MESSAGE)
    presence.renew(visitors=[str(people.vera.identity)])
    sweep_in(MINUTE)
    assert "Yes, it is." in post.text()


def test_a_mail_that_is_answered_finds_its_ticket(
    receives: None, post: MailServer, answered: TicketRow
) -> None:
    sweep_in(11 * MINUTE)
    address = post.last["Reply-To"]
    assert address.endswith("@reply.example")
    assert len(address.partition("@")[0]) <= 64
    keys = keys_for(b"helpdesk reply addresses")
    assert ticket_of(address.upper(), keys) == answered.id
    local = address.partition("@")[0]
    other = local[:-4] + ("a" if local[-4] != "a" else "b") + local[-3:]
    wrong = [other, local[:-3], "reply+", "reply+ä", "help", local.replace("reply", "x")]
    assert [ticket_of(f"{name}@reply.example", keys) for name in wrong] == [None] * len(wrong)
    assert ticket_of(address, [b"another key"]) is None
    assert ticket_of(address, [b"a new key", *keys]) == answered.id
    assert post.last["Message-ID"].endswith("@reply.example>")


PAGES = [
    ("https://shop.example/halo?session=1#top", "https://shop.example/halo#chat"),
    ("https://evil.example/halo", None),
    ("https://shop.example.evil/", None),
    ("https://[", None),
]


@pytest.mark.parametrize(("seen", "link"), PAGES)
def test_the_way_back_is_a_page_of_the_shop(
    people: People, post: MailServer, answered: TicketRow, seen: str, link: str | None
) -> None:
    people.inbox.allowed_origins = ["https://shop.example"]
    people.inbox.save()
    note_page(people.vera, {"url": seen})
    sweep_in(11 * MINUTE)
    own = f"http://localhost:8000/chat/{people.inbox.public_id}/"
    assert f"Go on in the chat\n{link or own}\n" in post.text()


def test_words_and_times_are_the_readers(
    people: People, post: MailServer, answered: TicketRow
) -> None:
    reachable(people, time_zone="America/New_York", language="pl")
    Ticket.objects.update(language="xx")
    sweep_in(11 * MINUTE)
    assert "America/New_York" in post.text()
    assert '<html lang="pl">' in post.text("html")


# ---- a mail server that is away -----------------------------------------------------------------


def test_a_mail_is_tried_until_it_is_taken(post: MailServer, answered: TicketRow) -> None:
    post.answers["END"] = "451 later"
    start = clock.now() + 11 * MINUTE
    tries = []
    for minute in range(30):
        with clock.moved_to(start + minute * MINUTE):
            before = UnreadNotice.objects.values_list("attempts", flat=True).first() or 0
            sweep()
            if UnreadNotice.objects.get().attempts > before:
                tries.append(minute)
    assert tries == [0, 1, 5, 21]
    del post.answers["END"]
    with clock.moved_to(start + 90 * MINUTE):
        sweep()
        sweep()
    assert len(post.mails) == 1
    assert UnreadNotice.objects.get().mailed_at is not None


def test_what_comes_meanwhile_waits_for_the_next_mail(
    people: People, post: MailServer, answered: TicketRow
) -> None:
    post.answers["DATA"] = "421 busy"
    sweep_in(11 * MINUTE)
    make.reply(make.viewer(people.alice), answered, "I have reserved it.")
    del post.answers["DATA"]
    sweep_in(15 * MINUTE)
    assert "reserved it" not in post.text()
    sweep_in(16 * MINUTE)
    assert "reserved it" in post.text()
    assert len({mail["Message-ID"] for mail in post.mails}) == len(post.mails) == 2


def test_it_is_given_up_in_the_end(post: MailServer, answered: TicketRow) -> None:
    post.answers["MAIL"] = "421 closed for ever"
    moment: datetime | None = clock.now() + 11 * MINUTE
    rounds = 0
    while moment is not None:
        with clock.moved_to(moment):
            sweep()
        moment = UnreadNotice.objects.get().retry_at
        rounds += 1
    assert rounds == len(attempts.WAITS) + 1
    sweep_in(timedelta(days=2))
    assert UnreadNotice.objects.get().mailed_at is None


def test_what_breaks_each_time_is_given_up_too(answered: TicketRow) -> None:
    """A mail that cannot even be written is not tried until the end of days."""

    def break_it(_work: UnreadNotice) -> None:
        raise LookupError

    moment: datetime | None = clock.now() + 11 * MINUTE
    with clock.moved_to(moment):
        unread.claim_unread()
    rounds = 0
    while moment is not None:
        key, tried = UnreadNotice.objects.values_list("pk", "attempts").get()
        with clock.moved_to(moment), suppress(LookupError):
            attempts.attempt(UnreadNotice, key, tried, break_it)
        moment = UnreadNotice.objects.get().retry_at
        rounds += 1
    assert rounds == len(attempts.WAITS) + 2


@pytest.mark.parametrize(("answer", "again"), [("550 nobody here", False), ("450 full", True)])
def test_an_address_that_is_refused(
    post: MailServer, answered: TicketRow, answer: str, again: bool
) -> None:
    post.answers["RCPT"] = answer
    sweep_in(11 * MINUTE)
    assert (UnreadNotice.objects.get().retry_at is not None) is again
    assert UnreadNotice.objects.get().mailed_at is None


def test_whoever_died_while_sending_leaves_it_to_the_next(
    post: MailServer, answered: TicketRow
) -> None:
    start = clock.now() + 11 * MINUTE
    with clock.moved_to(start):
        unread.claim_unread()
        UnreadNotice.objects.update(attempts=1, retry_at=start + attempts.LEASE)
        sweep()
    assert post.mails == []
    with clock.moved_to(start + attempts.LEASE):
        sweep()
    assert len(post.mails) == 1


def test_a_task_that_comes_twice_sends_once(post: MailServer, answered: TicketRow) -> None:
    with clock.moved_to(clock.now() + 11 * MINUTE):
        unread.claim_unread()
        ((key, tried),) = due_unread()
        for _ in range(3):
            unread.mail_unread(key, tried)
    assert len(post.mails) == 1


# ---- how much it costs --------------------------------------------------------------------------


def test_a_sweep_asks_as_much_for_many_as_for_none(people: People, post: MailServer) -> None:
    with CaptureQueriesContext(connection) as none:
        unread.claim_unread()
    reachable(people)
    alice = make.viewer(people.alice)
    for _ in range(5):
        make.reply(alice, make.ticket(people.vera), "Yes.")
    with (
        clock.moved_to(clock.now() + 11 * MINUTE),
        CaptureQueriesContext(connection) as many,
    ):
        assert unread.claim_unread() == 5
    assert len(none) == len(many) == 2


def test_a_sweep_looks_at_unread_tickets_alone(people: People, answered: TicketRow) -> None:
    windows = unread._windows(clock.now())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + unread.CLAIM, unread._parameters({"0" * 32}, windows))
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "ticket_unread" in plan
    assert "message_seq_unique" in plan
