"""Copies of a conversation by mail, and an address for our answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from chat.actions import transcripts
from chat.models import Transcript
from helpdesk.core import clock
from tests import make
from tests.chat.mailing import MINUTE, VERA, sweep
from tests.people import People
from tests.support.smtp import MailServer
from tickets.models import Contact
from tickets.queries.rows import TicketRow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("post")]


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


def test_nobody_is_mailed_copies_without_end(site: Client, people: People) -> None:
    """Also by those who come as somebody new each time."""
    row = make.ticket(people.viktor)
    others = [Transcript(ticket_id=row.number, identity_id=people.viktor.identity_id, email=VERA)]
    Transcript.objects.bulk_create(others * transcripts.AN_ADDRESS)
    row = make.ticket(people.vera)
    assert ask(site, people, row).status_code == 429
    assert ask(site, people, row, "other@example.com").status_code == 200


def test_a_time_zone_that_there_is_not(site: Client, people: People, answered: TicketRow) -> None:
    assert ask(site, people, answered, zone="Europe/\0").status_code == 200
    assert Transcript.objects.get().time_zone == ""


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
