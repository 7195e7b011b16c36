"""Mails that go after a visitor, through a mail server on loopback: what is said, and when."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chat.actions import attempts, transcripts, unread
from chat.actions.page import note_page
from chat.models import Transcript, UnreadNotice
from chat.queries.due import due_transcripts, due_unread
from helpdesk.core import clock
from helpdesk.core.crypto import keys_for
from helpdesk.realtime import presence
from tests import make
from tests.people import People
from tests.support.smtp import MailServer, mail_server
from tickets.actions.seen import mark_seen
from tickets.actions.solve import solve
from tickets.domain.reply_address import ticket_of
from tickets.models import Contact, Ticket, Via
from tickets.queries.rows import TicketRow

pytestmark = pytest.mark.django_db
VERA = "vera@example.com"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def post() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture(autouse=True)
def _through_smtp(settings: Any, post: MailServer) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.DEFAULT_FROM_EMAIL = "Help <help@desk.example>"


@pytest.fixture
def receives(settings: Any) -> None:
    """An installation whose answers by mail come back."""
    settings.ENV = settings.ENV.model_copy(update={"reply_domain": "reply.example"})


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


@pytest.fixture
def answered(people: People) -> TicketRow:
    """Vera, whose address we know, has gone; then Alice answered twice."""
    reachable(people)
    row = make.ticket(people.vera, "Is it in stock?")
    alice = make.viewer(people.alice)
    make.reply(alice, row, "Yes, it is.")
    make.note(alice, row, "she asked twice already")
    make.reply(alice, row, "Shall I <b>reserve</b> one? See https://shop.example/halo")
    return row


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


@pytest.mark.parametrize(
    ("zone", "kept"), [("Europe/Warsaw", "Europe/Warsaw"), ("../etc/passwd", ""), ("", "")]
)
def test_the_widget_says_where_his_clocks_stand(
    site: Client, people: People, zone: str, kept: str
) -> None:
    boot = f"/widget/{people.inbox.public_id}/boot/"
    bearer = f"Bearer {people.vera_token}"
    assert site.get(boot, {"zone": zone}, HTTP_AUTHORIZATION=bearer).status_code == 200
    assert Contact.objects.get(pk=people.vera.contact_id).time_zone == kept


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


# ---- a copy of the conversation -----------------------------------------------------------------


@pytest.fixture
def site() -> Client:
    return Client(HTTP_HOST="localhost", enforce_csrf_checks=True, HTTP_ACCEPT="application/json")


def ask(site: Client, people: People, row: TicketRow, email: str = VERA, **more: object) -> Any:
    return site.post(
        f"/widget/{people.inbox.public_id}/tickets/{row.id}/transcript/",
        {"email": email, **more},
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {people.vera_token}",
    )


def test_a_copy_by_mail(
    site: Client, people: People, post: MailServer, answered: TicketRow
) -> None:
    alice = make.viewer(people.alice)
    make.full_reply(alice, answered, "With files", article=make.article("Choosing a dimmer"))
    answer = ask(site, people, answered, " Me@Example.com ", zone="Europe/Warsaw")
    assert (answer.status_code, answer.json()) == (200, {})
    sweep()
    sweep()
    (mail,) = post.mails
    assert mail["To"] == "me@example.com"
    assert mail["Subject"] == f"Your conversation with {people.inbox.name}"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = post.text()
    for said in ("You · ", "Is it in stock?", "Alice · ", "lamp.png", "Choosing a dimmer"):
        assert said in text
    assert "http://localhost:8000/help/" in text
    assert "Europe/Warsaw" in text
    assert "twice already" not in mail.as_string()
    assert Contact.objects.get(pk=people.vera.contact_id).email == VERA  # his own is another


def test_a_visitors_own_words_are_no_links(site: Client, people: People, post: MailServer) -> None:
    row = make.ticket(people.vera, "Win now: https://evil.example/")
    ask(site, people, row)
    sweep()
    assert 'href="https://evil' not in post.text("html")


@pytest.mark.parametrize("email", ["", "vera", "vera@", "a@b.example\nBcc: x@y.example", "x" * 300])
def test_an_address_that_is_none(
    site: Client, people: People, answered: TicketRow, email: str
) -> None:
    answer = ask(site, people, answered, email)
    assert answer.status_code == 400
    assert answer.json()["error"]["field"] == "email"
    assert not Transcript.objects.exists()


def test_copies_are_the_visitors_own(site: Client, people: People) -> None:
    assert ask(site, people, make.ticket(people.viktor)).status_code == 404


def test_an_inbox_without_copies(site: Client, people: People, answered: TicketRow) -> None:
    people.inbox.settings = {"conversation": {"transcript": False}}
    people.inbox.save()
    assert ask(site, people, answered).status_code == 403


def test_not_too_many_copies(site: Client, people: People) -> None:
    rows = [make.ticket(people.vera) for _ in range(4)]
    codes = [ask(site, people, row).status_code for row in rows for _ in range(4)]
    assert codes == [200, 200, 200, 429] * 3 + [200, 429, 429, 429]
    with clock.moved_to(clock.now() + timedelta(days=1, minutes=1)):
        assert ask(site, people, rows[0]).status_code == 200


def test_copies_are_forgotten(
    site: Client, people: People, post: MailServer, answered: TicketRow
) -> None:
    ask(site, people, answered)
    sweep()
    with clock.moved_to(clock.now() + transcripts.KEPT + MINUTE):
        transcripts.forget_old_transcripts()
    assert not Transcript.objects.exists()


# ---- an address for our answer ------------------------------------------------------------------


def leave(site: Client, people: People, email: object) -> Any:
    return site.post(
        f"/widget/{people.inbox.public_id}/contact/",
        {"email": email},
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {people.vera_token}",
    )


def test_an_address_is_kept_where_none_was_known(site: Client, people: People) -> None:
    row = make.ticket(people.vera)
    assert leave(site, people, " Vera@Example.com").json() == {"email": VERA}
    assert leave(site, people, "other@example.com").json() == {"email": VERA}
    assert Contact.objects.get(pk=row.contact_id).email == VERA


@pytest.mark.parametrize("email", ["", "vera", None, 7, {"a": 1}])
def test_no_address_is_not_kept(site: Client, people: People, email: object) -> None:
    answer = leave(site, people, email)
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "email")
