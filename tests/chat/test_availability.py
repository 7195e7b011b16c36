"""Can somebody take a chat now, and what the widget says of it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from chat.queries.availability import Availability, now_for, queue_of
from chat.queries.widget import boot
from faq import actions as faq
from faq.models import Icon
from helpdesk.accounts.models import AgentCapacity, Calendar, User
from helpdesk.core import clock
from helpdesk.realtime import presence
from tests import make
from tests.people import People
from tests.support.waits import let_wait
from tickets.actions.assign import assign
from tickets.models import Contact, Inbox
from tickets.queries import fetch_ticket_for

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=UTC)
OFFICE = {str(day): [["09:00", "17:00"]] for day in range(5)}


@pytest.fixture
def here(people: People) -> People:
    """Alice and Bob sit at their consoles; Charlie, of another team, too."""
    presence.renew(agents=[people.alice.pk, people.bob.pk, people.charlie.pk])
    return people


def look(people: People, at: datetime = WEDNESDAY) -> Availability:
    with clock.moved_to(at):
        return now_for(Inbox.objects.get(pk=people.inbox.pk))


def keep_office_hours(people: People) -> None:
    calendar = Calendar.objects.create(name="Office", time_zone="Europe/Warsaw", weekly=OFFICE)
    Inbox.objects.filter(pk=people.inbox.pk).update(calendar=calendar)


def fill(*agents: User) -> None:
    AgentCapacity.objects.filter(user__in=agents).update(chats=1)
    for agent in agents:
        row = make.ticket(make.visitor(Inbox.objects.earliest("pk"))[0])
        assign(make.viewer(agent), row.id, agent_id=agent.pk)


def test_somebody_with_a_free_slot_can_take_it(here: People) -> None:
    assert look(here) == Availability(is_open=True, is_free=True, online=2, people=["Alice", "Bob"])


def test_an_inbox_without_a_team_is_everybodys(here: People) -> None:
    Inbox.objects.filter(pk=here.inbox.pk).update(team=None)
    assert look(here).people == ["Alice", "Bob", "Charlie"]


def test_nobody_is_there(people: People) -> None:
    assert look(people) == Availability(is_open=True, is_free=False)


@pytest.mark.parametrize("state", ["busy", "away", "offline"])
def test_who_takes_no_chats_is_not_there(here: People, state: str) -> None:
    User.objects.update(availability=state)
    assert (look(here).online, look(here).is_free) == (0, False)


def test_closed_is_closed_whoever_is_there(here: People) -> None:
    keep_office_hours(here)
    assert look(here).is_free
    evening = look(here, WEDNESDAY.replace(hour=20))
    assert (evening.is_open, evening.is_free, evening.online) == (False, False, 2)
    assert evening.next_open == datetime(2026, 11, 26, 8, tzinfo=UTC)
    assert look(here).next_open is None


def test_all_full_and_nothing_known_of_the_wait(here: People) -> None:
    fill(here.alice, here.bob)
    found = look(here)
    assert (found.online, found.is_free, found.wait) == (2, False, None)


@pytest.mark.parametrize(("minutes", "is_free"), [(6, True), (15, True), (16, False), (60, False)])
def test_all_full_but_a_short_wait_may_be_promised(
    here: People, minutes: int, is_free: bool
) -> None:
    fill(here.alice, here.bob)
    let_wait(here.support.pk, [timedelta(minutes=minutes)] * 5, until=WEDNESDAY)
    found = look(here)
    assert found.wait
    assert (found.wait.low, found.wait.high, found.is_free) == (minutes, minutes, is_free)


def test_who_is_free_at_once_makes_nobody_wait(here: People) -> None:
    let_wait(here.support.pk, [timedelta(minutes=9)] * 5, until=WEDNESDAY)
    assert look(here).wait is None


def test_nothing_is_said_of_a_place_where_nobody_has_stood(here: People) -> None:
    with clock.moved_to(WEDNESDAY):
        make.ticket(here.viktor)
        row = make.ticket(here.vera)
    let_wait(here.support.pk, [timedelta(minutes=6)] * 6, until=WEDNESDAY)
    with clock.moved_to(WEDNESDAY):
        assert queue_of(row) == {
            "position": 2, "ahead": 1, "wait": None, "at": "2026-11-25T10:00:00.000Z",
        }  # fmt: skip


def test_without_anybody_there_no_wait_is_promised(people: People) -> None:
    with clock.moved_to(WEDNESDAY):
        row = make.ticket(people.vera)
    let_wait(people.support.pk, [timedelta(minutes=6)] * 6, until=WEDNESDAY)
    with clock.moved_to(WEDNESDAY):
        told = queue_of(row)
        assert told
        assert told["wait"] is None
        presence.renew(agents=[people.alice.pk])
        told = queue_of(row)
    assert told
    assert told["wait"] == {"low": 6, "high": 6}


def test_who_was_taken_waits_no_more(here: People) -> None:
    row = make.ticket(here.vera)
    assign(make.viewer(here.alice), row.id, agent_id=here.alice.pk)
    assert queue_of(fetch_ticket_for(here.vera, row.id)) is None


def booted(people: People, language: str = "en") -> Any:
    with clock.moved_to(WEDNESDAY):
        return boot(people.vera, language)


def test_the_boot_answer_carries_what_the_manager_settled(here: People) -> None:
    keep_office_hours(here)
    Inbox.objects.update(phone="+48 61 555 01 00", settings={
        "channels": {"whatsapp": "+48615550100", "telegram": "lamps", "messenger": "lamp.shop",
                     "email": "help@example.com"},
        "absence": {"reply_hours": 8, "callback": False},
        "home": {"before": ["people", "faq", "bot"]},
        "privacy": {"notice_url": "https://shop.example/privacy"},
        "conversation": {"peek": True},
    })  # fmt: skip
    told = booted(here)
    inbox = told["inbox"]
    assert [(one["kind"], one["url"], one["text"]) for one in inbox["channels"]] == [
        ("whatsapp", "https://wa.me/48615550100", "+48 61 555 01 00"),
        ("telegram", "https://t.me/lamps", "@lamps"),
        ("messenger", "https://m.me/lamp.shop", "lamp.shop"),
        ("email", "mailto:help@example.com", "help@example.com"),
        ("phone", "tel:+48615550100", "+48 61 555 01 00"),
    ]
    # Six hours are left today, and two tomorrow from nine on, in Warsaw.
    assert inbox["absence"] == {
        "leave_message": True, "callback": False, "reply_by": "2026-11-26T10:00:00.000Z",
    }  # fmt: skip
    assert inbox["home"]["before"] == ["people", "faq", "bot"]
    assert inbox["privacy"] == {"notice_url": "https://shop.example/privacy"}
    assert inbox["conversation"]["peek"] is True
    assert told["team"] == {
        "online": 2, "people": [{"name": "Alice"}, {"name": "Bob"}], "reply_minutes": None,
        "is_open": True, "is_free": True, "next_open": None,
    }  # fmt: skip
    assert told["wait"] is None


def test_nothing_is_promised_where_nothing_is_settled(here: People) -> None:
    Inbox.objects.update(settings={"absence": {"reply_hours": None}})
    inbox = booted(here)["inbox"]
    assert (inbox["channels"], inbox["absence"]["reply_by"]) == ([], None)
    never = Calendar.objects.create(name="Never", time_zone="UTC")
    Inbox.objects.update(settings={}, calendar=never)
    told = booted(here)
    assert told["inbox"]["absence"]["reply_by"] is None
    assert (told["team"]["is_open"], told["team"]["next_open"]) == (False, None)


def test_a_promise_is_kept_at_a_quarter_past(here: People) -> None:
    with clock.moved_to(WEDNESDAY.replace(minute=1)):
        by = boot(here.vera, "en")["inbox"]["absence"]["reply_by"]
    assert by == "2026-11-25T14:15:00.000Z"


def test_it_costs_the_same_for_a_long_history(
    here: People, django_assert_max_num_queries: Any
) -> None:
    fill(here.alice, here.bob)
    asking = {"questions": [{"key": "order", "required": True}], "consent": {"text": {"en": "Yes"}}}
    Inbox.objects.update(settings={"prechat": asking})
    category = faq.create_category(Icon.LAMP, 1, {"en": ("Lamps", "")})
    for number in range(4):
        make.ticket(here.vera, f"{number}")
        article = faq.create_article(category)
        faq.write_translation(article, "en", title=f"Lamp {number}", body="Light.")
    Contact.objects.filter(pk=here.vera.contact_id).update(name="Vera")
    booted(here)  # the usual time to an answer is measured once in five minutes
    with django_assert_max_num_queries(14):
        told = booted(here)
    assert len(told["tickets"]) == 4
    assert told["prechat"]["questions"][0]["key"] == "order"


def test_the_place_is_asked_for_over_http(here: People) -> None:
    row = make.ticket(here.vera)
    told = ask(here, row.id).json()
    assert told["queue"]["position"] == 1
    assign(make.viewer(here.alice), row.id, agent_id=here.alice.pk)
    assert ask(here, row.id).json() == {"queue": None}
    assert ask(here, make.ticket(here.viktor).id).status_code == 404


def ask(people: People, ticket: UUID) -> Any:
    return Client().get(
        f"/widget/{people.inbox.public_id}/tickets/{ticket}/queue/",
        headers={"Authorization": f"Bearer {people.vera_token}", "Accept": "application/json"},
    )
