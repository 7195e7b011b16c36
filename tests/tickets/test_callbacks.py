"""A customer asks to be called: at a time that is offered, once, on the same ticket."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.accounts.domain.hours import CalendarRules
from helpdesk.accounts.models import Calendar
from helpdesk.core import clock
from helpdesk.core.errors import Closed, Invalid, NotAllowed, NotFound, TooMany
from tests import make
from tests.people import People
from tests.tickets.look import facts, last_fact, said, stored
from tickets.actions.assign import assign
from tickets.actions.callbacks import Wish, finish_callback, request_callback
from tickets.actions.leave import leave_queue
from tickets.actions.solve import solve
from tickets.domain.callbacks import AHEAD, DAYS, SLOT, by_day, slots
from tickets.models import Callback, Contact, Inbox, Message, Ticket
from tickets.queries.callbacks import days_offered
from tickets.queries.rows import TicketRow

WEDNESDAY = datetime(2026, 11, 25, 10, 5, tzinfo=UTC)  # 13:05 in Istanbul
OFFICE = {str(day): [["09:00", "13:00"], ["14:00", "17:15"]] for day in range(5)}
MARCH = datetime(2026, 3, 20, tzinfo=UTC)
AT = WEDNESDAY.replace(minute=0) + timedelta(hours=1)


@pytest.fixture
def office(people: People) -> People:
    """Open on working days, with a break at noon, on Istanbul's clock."""
    calendar = Calendar.objects.create(name="Office", time_zone="Europe/Istanbul", weekly=OFFICE)
    Inbox.objects.filter(pk=people.inbox.pk).update(calendar=calendar)
    return people


def wish(people: People, ticket: UUID | None = None, at: datetime = AT, **more: Any) -> Wish:
    values = {"ref": uuid4(), "phone": "+905321234567", "time_zone": "Europe/Warsaw", **more}
    return Wish(people.vera, starts_at=at, ends_at=at + SLOT, ticket=ticket, **values)


def ask(people: People, *args: Any, **more: Any) -> tuple[TicketRow, Callback]:
    with clock.moved_to(WEDNESDAY):
        return request_callback(wish(people, *args, **more))


def offered(people: People, zone: str = "Europe/Warsaw") -> dict[str, list[str]]:
    inbox = Inbox.objects.get(pk=people.inbox.pk)
    with clock.moved_to(WEDNESDAY):
        days = days_offered(inbox, ZoneInfo(zone))
    clock_times = {}
    for day in days:
        starts = [start.astimezone(ZoneInfo(zone)) for start, _ in day.slots]
        clock_times[str(day.date)] = [f"{start:%H:%M}" for start in starts]
    return clock_times


def test_offered_are_half_hours_within_the_opening_hours_in_his_own_time(office: People) -> None:
    days = offered(office)
    assert days["2026-11-25"] == ["12:00", "12:30", "13:00", "13:30", "14:00", "14:30"]
    assert list(days) == [
        "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02",
    ]  # fmt: skip
    assert days["2026-11-26"][:9] == [
        "07:00", "07:30", "08:00", "08:30", "09:00", "09:30", "10:00", "10:30", "12:00",
    ]  # fmt: skip
    assert days["2026-12-02"][-1] == "10:30"


def test_without_a_calendar_people_are_called_by_day(people: People) -> None:
    tomorrow = offered(people, settings.TIME_ZONE)["2026-11-26"]
    assert (tomorrow[0], tomorrow[-1], len(tomorrow)) == ("09:00", "17:30", 18)


def test_his_days_are_not_ours(office: People) -> None:
    assert "2026-11-25" not in offered(office, "Pacific/Kiritimati")
    assert offered(office, "Pacific/Kiritimati")["2026-11-26"][-1] == "23:30"


def test_nothing_is_offered_where_nobody_calls(people: People) -> None:
    Inbox.objects.update(settings={"absence": {"callback": False}})
    assert offered(people) == {}
    with pytest.raises(NotAllowed):
        ask(people)


@given(
    st.integers(0, 250 * 24 * 60).map(lambda minutes: MARCH + timedelta(minutes=minutes)),
    st.sampled_from(["Europe/Warsaw", "Asia/Kathmandu", "America/St_Johns"]),
)
def test_every_slot_is_whole_open_ahead_and_in_order(now: datetime, zone: str) -> None:
    weekly = {str(day): [["09:10", "12:00"], ["22:00", "02:15"]] for day in range(7)}
    hours = CalendarRules(time_zone=zone, weekly=weekly).hours()
    found = list(slots(hours, now))
    assert found
    for start, end in found:
        assert now + AHEAD <= start
        assert end <= now + DAYS
        assert end - start == SLOT
        assert sum((b - a for a, b in hours.intervals(start, end)), timedelta()) == SLOT
        assert start.astimezone(ZoneInfo(zone)).minute in {0, 30}
    assert found == sorted(set(found))
    assert [slot for day in by_day(iter(found), ZoneInfo(zone)) for slot in day.slots] == found


def test_a_wish_of_its_own_is_a_ticket_that_nobody_waits_in(office: People) -> None:
    row, callback = ask(office, note="My lamp is dark")
    ticket = stored(row)
    assert (ticket.via, ticket.status, ticket.queued_at) == ("callback", "open", None)
    assert (ticket.team_id, ticket.waiting_since) == (office.support.pk, WEDNESDAY)
    assert said(row) == ["started", "My lamp is dark", "callback"]
    assert last_fact(row)[:3] == ("callback", "contact", None)
    assert (callback.phone, callback.starts_at, callback.state) == (
        "+905321234567", AT, "requested",
    )  # fmt: skip
    event = Message.objects.get(event="callback")
    assert event.is_public
    assert event.data["starts_at"] == "2026-11-25T11:00:00.000Z"
    assert ticket.contact.phone == "+905321234567"


def test_a_known_number_is_not_replaced(office: People) -> None:
    Contact.objects.filter(pk=office.vera.contact_id).update(phone="+48501234567")
    _row, callback = ask(office)
    assert Contact.objects.get(pk=office.vera.contact_id).phone == "+48501234567"
    assert callback.phone == "+905321234567"


@pytest.mark.parametrize("note", ["", "I am at home"])
def test_twice_is_once(office: People, note: str) -> None:
    ticket = make.ticket(office.vera)
    for named in (None, ticket.id):
        one = wish(office, named, note=note)
        with clock.moved_to(WEDNESDAY):
            first = request_callback(one)
        Inbox.objects.update(settings={"absence": {"callback": False}})
        with clock.moved_to(WEDNESDAY + timedelta(days=1)):
            again = request_callback(one)
        assert (again[0].id, again[1].pk) == (first[0].id, first[1].pk)
        assert said(first[0]).count("callback") == 1
        Inbox.objects.update(settings={})
    assert (Ticket.objects.count(), Callback.objects.count()) == (2, 2)


def test_who_waits_in_the_queue_waits_there_no_more(office: People) -> None:
    ticket = make.ticket(office.vera)
    row, _callback = ask(office, ticket.id, note="Call me instead")
    found = stored(row)
    assert (row.id, found.via, found.queued_at) == (ticket.id, "callback", None)
    assert said(row)[2:] == ["Call me instead", "callback"]
    assert "left_queue" in facts(row)


def test_who_talks_to_an_agent_goes_on_talking(office: People) -> None:
    ticket = make.ticket(office.vera)
    assign(make.viewer(office.alice), ticket.id, agent_id=office.alice.pk)
    row, _callback = ask(office, ticket.id)
    found = stored(row)
    assert (found.via, found.assignee_id) == ("chat", office.alice.pk)


def test_a_solved_ticket_is_open_again(office: People) -> None:
    ticket = make.ticket(office.vera)
    leave_queue(office.vera, ticket.id)
    row, _callback = ask(office, ticket.id)
    found = stored(row)
    assert (found.status, found.via, found.queued_at) == ("open", "callback", None)


def test_another_time_replaces_the_first(office: People) -> None:
    row, first = ask(office)
    _row, second = ask(office, row.id, AT + timedelta(hours=1))
    first.refresh_from_db()
    assert (first.state, second.state) == ("cancelled", "requested")


REFUSED = [
    ("past", AT - timedelta(days=1)),
    ("too soon", WEDNESDAY + timedelta(minutes=10)),
    ("at noon", WEDNESDAY.replace(minute=30)),
    ("no half hour", AT + timedelta(minutes=10)),
    ("half of it closed", WEDNESDAY.replace(hour=14, minute=0)),
    ("on Saturday", AT + timedelta(days=3)),
    ("too far", AT + timedelta(days=8)),
]


@pytest.mark.parametrize(("why", "at"), REFUSED)
def test_a_time_that_is_not_offered(office: People, why: str, at: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        ask(office, at=at)
    assert refused.value.details == {"field": "starts_at"}, why
    assert (Ticket.objects.count(), Callback.objects.count()) == (0, 0)
    assert Contact.objects.get(pk=office.vera.contact_id).phone == ""


def test_a_whole_day_is_no_slot(office: People) -> None:
    long = wish(office)
    long.ends_at = AT + timedelta(hours=8)
    with clock.moved_to(WEDNESDAY), pytest.raises(Invalid):
        request_callback(long)


def test_a_ticket_that_is_not_his_or_closed(office: People) -> None:
    theirs, mine = make.ticket(office.viktor), make.ticket(office.vera)
    Ticket.objects.filter(pk=mine.number).update(status="closed", queued_at=None)
    for ticket, error in ((theirs.id, NotFound), (uuid4(), NotFound), (mine.id, Closed)):
        with pytest.raises(error):
            ask(office, ticket)
    assert not Callback.objects.exists()


def test_nobody_keeps_us_busy_with_calls(office: People) -> None:
    for _ in range(3):
        ask(office)
    with pytest.raises(TooMany):
        ask(office)


def test_a_blocked_contact_is_not_called(office: People) -> None:
    Contact.objects.filter(pk=office.vera.contact_id).update(blocked_at=WEDNESDAY)
    with pytest.raises(NotAllowed):
        ask(office)


@pytest.mark.parametrize("state", ["done", "cancelled"])
def test_an_agent_settles_it_once(office: People, state: str) -> None:
    row, callback = ask(office)
    alice = make.viewer(office.alice)
    for _ in range(2):
        finish_callback(alice, row.id, callback.pk, state)
    callback.refresh_from_db()
    assert (callback.state, said(row).count("callback")) == (state, 2)
    assert last_fact(row) == (
        "callback", "agent", office.alice.pk, {"id": callback.pk, "state": state},
    )  # fmt: skip
    other = {"done": "cancelled", "cancelled": "done"}[state]
    with pytest.raises(Invalid):
        finish_callback(alice, row.id, callback.pk, other)


def test_who_may_not_settle_it(office: People) -> None:
    row, callback = ask(office)
    other = make.ticket(office.vera)
    alice, charlie = make.viewer(office.alice), make.viewer(office.charlie)
    for viewer, ticket, error in (
        (make.without(alice, "reply"), row.id, NotAllowed),
        (charlie, row.id, NotFound),
        (alice, other.id, NotFound),
    ):
        with pytest.raises(error):
            finish_callback(viewer, ticket, callback.pk, "done")
    solve(make.viewer(office.mona), row.id)
    callback.refresh_from_db()
    assert callback.state == "requested"
