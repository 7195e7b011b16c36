"""The managers' area through its pages."""

import re

import pytest
from django.test import Client

from helpdesk.accounts.models import Team, User
from tests import make
from tests.people import People
from tickets.models import Inbox

PAGES = ["/manage/agents/", "/manage/teams/", "/manage/inboxes/", "/manage/agents/new/"]


@pytest.mark.parametrize("path", PAGES)
def test_only_managers_come_in(people: People, manager: Client, path: str) -> None:
    assert Client().get(path).headers["Location"] == f"/accounts/login/?next={path}"
    agent = Client()
    agent.force_login(people.alice)
    assert agent.get(path).status_code == 403
    assert agent.post(path, {}).status_code == 403
    assert manager.get(path).status_code == 200


def test_area_opens_with_its_first_page(manager: Client) -> None:
    assert manager.get("/manage/").headers["Location"] == "/manage/agents/"


def test_agent_is_invited_and_sets_his_password(people: People, manager: Client) -> None:
    form = {
        "name": "Zofia Nowak",
        "email": "zofia@example.com",
        "role": "agent",
        "language": "pl",
        "languages": ["pl"],
        "teams": [people.support.pk],
        "chats": 3,
    }
    answer = manager.post("/manage/agents/new/", form)
    zofia = User.objects.get(email="zofia@example.com")
    assert answer.headers["Location"] == f"/manage/agents/{zofia.pk}/link/"
    page = manager.post(answer.headers["Location"]).content.decode()
    found = re.search(r"http://localhost:8000(/accounts/password/reset/key/[\w-]+/)", page)
    assert found
    visitor = Client()
    step = visitor.get(found[1], follow=True)
    password = "lamp-oak-lumen-9"
    visitor.post(step.request["PATH_INFO"], {"password1": password, "password2": password})
    zofia.refresh_from_db()
    assert zofia.check_password(password)


def test_manager_gets_no_link_to_an_admin(manager: Client) -> None:
    admin = make.user("Ada", role="admin")
    assert manager.post(f"/manage/agents/{admin.pk}/link/").status_code == 403


def test_error_stands_beside_its_field(manager: Client) -> None:
    answer = manager.post("/manage/agents/new/", {"name": "", "email": "x", "role": "king"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in page
    assert 'id="id_name_error"' in page
    assert re.search(r'name="name"[^>]*aria-describedby="[^"]*id_name_error', page)


def test_refusal_of_the_action_stands_above_the_form(people: People, manager: Client) -> None:
    answer = manager.post("/manage/teams/new/", {"name": "Support"})
    assert answer.status_code == 422
    assert "Another team has this name." in answer.content.decode()


def test_team_is_made_changed_and_deleted(people: People, manager: Client) -> None:
    manager.post("/manage/teams/new/", {"name": "Night", "members": [people.alice.pk]})
    team = Team.objects.get(name="Night")
    assert list(team.members.all()) == [people.alice]
    manager.post(f"/manage/teams/{team.pk}/", {"name": "Late", "members": []})
    team.refresh_from_db()
    assert (team.name, team.members.count()) == ("Late", 0)
    assert "Late" in manager.get(f"/manage/teams/{team.pk}/delete/").content.decode()
    manager.post(f"/manage/teams/{team.pk}/delete/")
    assert not Team.objects.filter(pk=team.pk).exists()


def test_agent_is_switched_off(people: People, manager: Client) -> None:
    manager.post(f"/manage/agents/{people.alice.pk}/switch/")
    people.alice.refresh_from_db()
    assert not people.alice.is_active
    own = manager.post(f"/manage/agents/{people.mona.pk}/switch/")
    assert own.status_code == 422


def test_inbox_shows_its_snippet_and_contrast(people: People, manager: Client) -> None:
    form = {
        "name": "Shop",
        "brand_color": "#1a533e",
        "languages": ["en", "tr"],
        "team": people.support.pk,
        "allowed_origins": "https://Shop.example/path\nhttp://localhost:3000",
        "is_active": "on",
    }
    answer = manager.post("/manage/inboxes/new/", form)
    inbox = Inbox.objects.get(name="Shop")
    assert answer.headers["Location"] == f"/manage/inboxes/{inbox.pk}/install/"
    assert inbox.allowed_origins == ["https://shop.example", "http://localhost:3000"]
    page = manager.get(answer.headers["Location"]).content.decode()
    assert f"/widget/loader.js?i={inbox.public_id}" in page
    page = manager.get(f"/manage/inboxes/{inbox.pk}/").content.decode()
    assert "8.9 to 1" in page
    refused = manager.post(f"/manage/inboxes/{inbox.pk}/", form | {"allowed_origins": "shop"})
    assert refused.status_code == 422


def test_unknown_thing_is_a_404(manager: Client) -> None:
    assert manager.get("/manage/teams/999999/").status_code == 404


def test_markup_in_a_name_stays_text(people: People, manager: Client) -> None:
    make.user("<b>Eve</b>", teams=(people.support,))
    assert "<b>Eve</b>" not in manager.get("/manage/agents/").content.decode()
