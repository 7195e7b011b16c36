"""Opening hours as a manager saves them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from helpdesk.accounts.actions import delete_calendar, save_calendar
from helpdesk.accounts.models import Calendar
from helpdesk.core.errors import Invalid, NotAllowed
from tests import make
from tests.people import People

RULES: dict[str, Any] = {
    "time_zone": "Europe/Istanbul",
    "weekly": {"0": [["14:00", "18:00"], ["09:00", "13:00"]], "5": [["22:00", "06:00"]]},
    "exceptions": [
        {"date": "2026-12-25", "name": " Noel ", "intervals": []},
        {"date": "2026-04-23", "intervals": [["10:00", "24:00"]]},
    ],
}


def save(people: People, name: str = "Shop", **rules: Any) -> Calendar:
    return save_calendar(make.viewer(people.mona), Calendar(), name, {**RULES, **rules})


def test_it_is_stored_in_order_and_open_as_it_says(people: People) -> None:
    stored = Calendar.objects.get(pk=save(people, "  Shop ").pk)
    assert stored.name == "Shop"
    assert stored.weekly["0"] == [["09:00", "13:00"], ["14:00", "18:00"]]
    assert [day["date"] for day in stored.exceptions] == ["2026-04-23", "2026-12-25"]
    assert stored.exceptions[1]["name"] == "Noel"
    monday = datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert [stored.hours.is_open(monday.replace(hour=hour)) for hour in (5, 6, 10, 11)] == [
        False, True, False, True,
    ]  # fmt: skip
    assert stored.hours.is_open(datetime(2026, 11, 29, 2, 59, tzinfo=UTC))
    assert not stored.hours.is_open(datetime(2026, 11, 29, 3, tzinfo=UTC))


def test_a_change_keeps_who_uses_it(people: People) -> None:
    calendar = save(people)
    inbox = make.inbox(calendar=calendar)
    save_calendar(make.viewer(people.mona), calendar, "Other", {**RULES, "weekly": {}})
    inbox.refresh_from_db()
    assert (inbox.calendar.name, inbox.calendar.weekly) == ("Other", {})


WRONG = [
    ("time_zone", {"time_zone": "Europe/Atlantis"}),
    ("time_zone", {"time_zone": "../../etc/passwd"}),
    ("time_zone", {"time_zone": ""}),
    ("weekly.7", {"weekly": {"7": []}}),
    ("weekly.1", {"weekly": {"1": [["09:00", "12:00"], ["11:59", "18:00"]]}}),
    ("weekly.1", {"weekly": {"1": [["22:00", "06:00"], ["23:00", "24:00"]]}}),
    ("weekly.1", {"weekly": {"1": [["09:00", "09:00"]]}}),
    ("weekly.1", {"weekly": {"1": [["24:00", "09:00"]]}}),
    ("weekly.1", {"weekly": {"1": [["9:00", "18:00"]]}}),
    ("weekly.1", {"weekly": {"1": [["09:00", "25:00"]]}}),
    ("weekly.1.0", {"weekly": {"1": [["09:00"]]}}),
    ("weekly.1", {"weekly": {"1": [["09:00", "10:00"]] * 9}}),
    ("exceptions", {"exceptions": [{"date": "2026-12-25"}, {"date": "2026-12-25"}]}),
    ("exceptions.0.date", {"exceptions": [{"date": "2026-02-30"}]}),
    ("exceptions.0.open", {"exceptions": [{"date": "2026-12-25", "open": True}]}),
]


@pytest.mark.parametrize(("field", "rules"), WRONG)
def test_a_refusal_says_where_and_what(people: People, field: str, rules: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        save(people, **rules)
    place = refused.value.details["field"]
    assert place == field or place.startswith(f"{field}.")
    assert str(refused.value.message) != str(Invalid.text)
    assert not Calendar.objects.exists()


def test_names_are_there_and_differ(people: People) -> None:
    save(people)
    for name in ("Shop", " Shop", "", "\u200b"):
        with pytest.raises(Invalid) as refused:
            save(people, name)
        assert refused.value.details == {"field": "name"}
    assert Calendar.objects.count() == 1


def test_hours_that_somebody_uses_are_not_deleted(people: People) -> None:
    calendar = save(people)
    inbox = make.inbox(calendar=calendar)
    with pytest.raises(Invalid, match=inbox.name):
        delete_calendar(make.viewer(people.mona), calendar)
    inbox.calendar = None
    inbox.save()
    delete_calendar(make.viewer(people.mona), calendar)
    assert not Calendar.objects.exists()


def test_who_does_not_manage_changes_no_hours(people: People) -> None:
    calendar = save(people)
    alice = make.viewer(people.alice)
    for act in (
        lambda: save_calendar(alice, calendar, "Mine", RULES),
        lambda: delete_calendar(alice, calendar),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Calendar.objects.get().name == "Shop"
