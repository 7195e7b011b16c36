"""Opening hours through their pages."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from helpdesk.accounts.manage import calendars
from helpdesk.accounts.models import Calendar
from helpdesk.core import clock
from tests.people import People

FORM = {
    "name": "Office",
    "time_zone": "Europe/Istanbul",
    "day_0": "9-12:30, 13:30–18",
    "day_4": "22:00-06:00",
    "day_5": "kapalı",
    "exceptions": "2026-12-31 New Year’s Eve 9-13\n01.01.2027 Yılbaşı",
}
# A Wednesday in Istanbul, 12:03.
NOW = datetime(2026, 11, 25, 9, 3, tzinfo=UTC)


@pytest.fixture
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def calendar(**fields: Any) -> Calendar:
    return Calendar.objects.create(**{"name": "Shop", **fields})


@pytest.mark.parametrize("path", ["", "new/", "1/", "1/delete/"])
def test_only_managers_come_in(people: People, manager: Client, path: str) -> None:
    calendar(pk=1)
    address, agent = f"/manage/calendars/{path}", Client()
    assert Client().get(address).headers["Location"] == f"/accounts/login/?next={address}"
    agent.force_login(people.alice)
    assert agent.get(address).status_code == 403
    assert agent.post(address, FORM).status_code == 403
    assert manager.get(address).status_code == 200
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(people.mona)
    assert forged.post(address, FORM).status_code in {403, 405}
    assert Calendar.objects.get().name == "Shop"


def test_hours_are_typed_and_shown_again(manager: Client) -> None:
    answer = manager.post("/manage/calendars/new/", FORM)
    assert answer.headers["Location"] == "/manage/calendars/"
    made = Calendar.objects.get()
    assert made.weekly["0"] == [["09:00", "12:30"], ["13:30", "18:00"]]
    assert made.weekly["4"] == [["22:00", "06:00"]]
    assert made.weekly["5"] == []
    assert [day["date"] for day in made.exceptions] == ["2026-12-31", "2027-01-01"]
    page = manager.get(f"/manage/calendars/{made.pk}/").content.decode()
    assert "09:00–12:30, 13:30–18:00" in page
    assert "2027-01-01 Yılbaşı" in page
    assert 'value="Europe/Istanbul" selected' in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("day_0", "nine to five"),
        ("day_0", "9-12, 11-13"),
        ("day_6", "9-9"),
        ("day_2", "25:00-26:00"),
        ("exceptions", "2026-12-25\nsome day"),
        ("exceptions", "2026-12-25\n25.12.2026 again"),
        ("name", ""),
        ("name", "Shop"),
        ("time_zone", "Europe/Atlantis"),
    ],
)
def test_error_stands_at_its_field(manager: Client, field: str, typed: str) -> None:
    calendar()
    answer = manager.post("/manage/calendars/new/", FORM | {field: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert "New Year’s Eve" in page or field == "exceptions"
    assert Calendar.objects.count() == 1


@pytest.mark.usefixtures("_now")
@pytest.mark.parametrize(
    ("weekly", "exceptions", "words"),
    [
        ({"2": [["09:00", "18:00"]]}, [], "Open now, until Wednesday 25 November, 18:00"),
        ({"3": [["09:00", "18:00"]]}, [], "Closed now, opens: Thursday 26 November, 09:00"),
        (
            {"2": [["09:00", "18:00"]]},
            [{"date": "2026-11-25", "name": "Stocktaking", "intervals": []}],
            "Closed now, opens: Wednesday 2 December, 09:00",
        ),
        ({}, [], "Closed, and does not open within 60 days"),
        ({str(day): [["00:00", "24:00"]] for day in range(7)}, [], "Open now, and always"),
    ],
)
def test_it_says_whether_it_is_open(
    people: People, weekly: Any, exceptions: Any, words: str
) -> None:
    shop = calendar(weekly=weekly, exceptions=exceptions)
    assert calendars.state_of(shop, NOW)["words"] == words


@pytest.mark.usefixtures("_now")
def test_holidays_are_added_and_nothing_is_saved(manager: Client) -> None:
    shop = calendar()
    form = FORM | {"holidays": "pl", "name": "Nowa <b>", "exceptions": "24.12.2026 Wigilia 9-12"}
    page = manager.post(f"/manage/calendars/{shop.pk}/", form).content.decode()
    assert page.count("24.12.2026") == 1
    assert "2026-12-24 Wigilia" not in page
    assert "2026-11-11" not in page
    assert "2027-05-27 Boże Ciało" in page
    assert "Nowa &lt;b&gt;" in page
    assert "9-12:30, 13:30–18" in page
    assert "Diyanet" not in page
    assert Calendar.objects.get().exceptions == []
    turkish = manager.post("/manage/calendars/new/", FORM | {"holidays": "tr"}).content.decode()
    assert "2027-10-28 Cumhuriyet Bayramı arifesi 09:00–13:00" in turkish
    assert "missing for 2027" in turkish
    assert "2027-01-01 Yılbaşı" not in turkish.replace("01.01.2027 Yılbaşı", "")


def test_hours_in_use_stay(people: People, manager: Client) -> None:
    shop = calendar()
    people.inbox.calendar = shop
    people.inbox.save()
    refused = manager.post(f"/manage/calendars/{shop.pk}/delete/")
    assert refused.status_code == 422
    assert people.inbox.name in refused.content.decode()
    people.inbox.calendar = None
    people.inbox.save()
    manager.post(f"/manage/calendars/{shop.pk}/delete/")
    assert not Calendar.objects.exists()


def test_as_many_queries_for_many_as_for_one(
    manager: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(10):
        calendar(name=f"Shop {number}", weekly={"0": [["09:00", "17:00"]]})
    with django_assert_max_num_queries(3):
        manager.get("/manage/calendars/")
