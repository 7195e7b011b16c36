"""`manage.py demo`: true to the product's rules, the same for the same seed, harmless twice."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Count, F
from django.test import Client

from chat.queries.availability import now_for
from chat.queries.invitations import rules_for
from faq.models import ArticleTranslation
from helpdesk.accounts.models import User
from helpdesk.accounts.viewer import staff_viewer
from helpdesk.core import clock
from helpdesk.realtime.models import EventOutbox
from helpdesk.storefront.scenario.people import PASSWORD
from surveys.models import Invitation
from tickets.models import Contact, Inbox, Message, Ticket
from tickets.queries import tickets_for
from tickets.queries.capacity import loads

NOW = datetime(2026, 11, 25, 11, tzinfo=UTC)


def run(**options: int) -> str:
    out = StringIO()
    with clock.moved_to(NOW):
        call_command("demo", stdout=out, **options)
    return out.getvalue()


def story() -> list[tuple[object, ...]]:
    """All that was said, without what is random on purpose (ids, tokens)."""
    messages = Message.objects.order_by("ticket_id", "seq")
    first = Ticket.objects.order_by("number").values_list("number", flat=True)[0]
    return [
        (message.ticket_id - first, message.seq, message.author_name, message.body, message.event,
         message.created_at)
        for message in messages
    ]  # fmt: skip


@pytest.mark.django_db
def test_demo_is_rich_keeps_the_rules_and_is_harmless_twice(client: Client) -> None:
    run()
    something_true_on_every_screen()
    rules_are_kept()
    before = story()
    assert "nothing was changed" in run(seed=8)
    assert story() == before
    people_can_sign_in(client)


def something_true_on_every_screen() -> None:
    assert Contact.objects.count() == 60
    by_status = dict(Ticket.objects.values_list("status").annotate(Count("pk")))
    assert by_status["solved"] > 40
    assert by_status["open"] >= 5
    assert by_status["pending"] == 1
    assert set(Ticket.objects.values_list("language", flat=True)) == {"en", "tr", "pl"}
    assert Ticket.objects.filter(queued_at__isnull=False).count() == 2
    assert Message.objects.filter(kind="note").exists()
    assert Ticket.objects.filter(labels__isnull=False).exists()
    assert Invitation.objects.filter(score__lte=2).exists()
    assert Invitation.objects.filter(score=5).exists()
    assert ArticleTranslation.objects.count() == 35
    assert now_for(Inbox.objects.get()).is_open
    assert len(rules_for(Inbox.objects.get())) == 2
    assert not EventOutbox.objects.exists()


def rules_are_kept() -> None:
    assert all(load <= capacity for load, capacity in loads().values())
    assert not Message.objects.filter(created_at__gt=NOW).exists()
    counted = Ticket.objects.annotate(count=Count("messages")).exclude(count=F("last_seq"))
    assert not counted.exists()
    zofia = staff_viewer(User.objects.get(email="zofia@lumen-oak.example"))
    support = [row for row in tickets_for(zofia) if row.team_name == "Support"]
    assert all(row.assignee_id == zofia.user_id for row in support)


def people_can_sign_in(client: Client) -> None:
    for name in ("maja", "ewa", "admin"):
        data = {"login": f"{name}@lumen-oak.example", "password": PASSWORD}
        assert client.post("/accounts/login/", data).headers["Location"] == "/console/"
        assert client.get("/admin/").status_code == (200 if name == "admin" else 302)
        assert client.get("/manage/agents/").status_code == (403 if name == "maja" else 200)
        client.logout()


@pytest.mark.django_db(transaction=True)
def test_same_seed_tells_the_same_story() -> None:
    run(seed=3)
    first = story()
    call_command("flush", interactive=False, verbosity=0)
    run(seed=3)
    assert story() == first
