"""A manager asks whether the chat is on a page, and reads what is wrong."""

import html
import re
from collections.abc import Callable

from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from helpdesk.core.fetch import Why
from helpdesk.devstack.processes import free_port
from tests import make
from tests.people import People
from tests.support.pages import Server, page
from tickets.actions.installation import CHECKS_A_MINUTE
from tickets.domain.installation import Verdict
from tickets.models import Inbox
from tickets.queries import sightings
from tickets.views.manage.findings import VERDICTS, WHYS

Serve = Callable[..., Server]


def install(inbox: Inbox) -> str:
    return f"/manage/inboxes/{inbox.pk}/install/"


def line(inbox: Inbox) -> bytes:
    address = f"http://localhost:8000/widget/loader.js?i={inbox.public_id}"
    return f'<script async src="{address}"></script>'.encode()


def ask(client: Client, inbox: Inbox, address: str) -> str:
    answer = client.post(install(inbox), {"address": address})
    assert answer.status_code == 200, answer.status_code
    found = re.search(r'<ul class="findings">(.*?)</ul>', answer.content.decode(), re.DOTALL)
    assert found
    return html.unescape(re.sub(r"<[^>]+>", " ", found[1]))


def test_all_that_can_be_found_has_words() -> None:
    assert VERDICTS.keys() == set(Verdict)
    assert WHYS.keys() == set(Why)


def test_a_good_page(people: People, manager: Client, serve: Serve) -> None:
    said = ask(manager, people.inbox, serve(page(line(people.inbox))).url())
    assert "The chat is on this page." in said
    assert "Wrong:" not in said


def test_a_page_of_another_inbox_with_a_strict_policy(
    people: People, manager: Client, serve: Serve
) -> None:
    other = make.inbox()
    policy = b"Content-Security-Policy: default-src 'self'\r\n"
    said = ask(manager, people.inbox, serve(page(line(other), more=policy)).url())
    assert f"The line belongs to another inbox: {other.name}" in said
    assert "Add http://localhost:8000 to default-src" in said
    assert said.count("Wrong:") == 3
    assert said.count("Worth knowing:") == 1


def test_a_page_that_nobody_serves(manager: Client, people: People, settings: Settings) -> None:
    settings.FETCH_PRIVATE_NETWORKS = True
    said = ask(manager, people.inbox, f"http://127.0.0.1:{free_port()}/")
    assert "The website does not answer." in said
    settings.FETCH_PRIVATE_NETWORKS = False
    assert "private network" in ask(manager, people.inbox, "http://127.0.0.1/")
    assert "no such website" in ask(manager, people.inbox, "no-such-shop.invalid")


def test_markup_of_the_page_stays_text(people: People, manager: Client, serve: Serve) -> None:
    script = b'<script src="/<img src=x>/widget/loader.js"></script>'
    answer = manager.post(install(people.inbox), {"address": serve(page(script)).url()})
    assert "<img src=x>" not in answer.content.decode()
    assert "&lt;img" in answer.content.decode()


def test_an_empty_address_is_said_at_the_field(people: People, manager: Client) -> None:
    answer = manager.post(install(people.inbox), {"address": ""})
    assert answer.status_code == 422
    assert 'id="id_address_error"' in answer.content.decode()


def test_only_so_many_a_minute(people: People, manager: Client) -> None:
    for _ in range(CHECKS_A_MINUTE):
        ask(manager, people.inbox, "ftp://x")
    answer = manager.post(install(people.inbox), {"address": "ftp://x"})
    assert answer.status_code == 422
    assert "Too many at once" in answer.content.decode()
    mate = Client()
    mate.force_login(make.user("Max", role="manager"))
    ask(mate, people.inbox, "ftp://x")


def test_an_agent_makes_us_ask_nobody(people: People, serve: Serve) -> None:
    server, agent = serve(page()), Client()
    agent.force_login(people.alice)
    assert agent.post(install(people.inbox), {"address": server.url()}).status_code == 403
    assert server.asked == []


def test_it_asks_the_database_little(
    people: People, manager: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        make.inbox()
    with django_assert_max_num_queries(5):
        ask(manager, people.inbox, "ftp://x")


def test_where_it_was_seen_live(people: People, manager: Client) -> None:
    shop = Client()
    loader = f"/widget/loader.js?i={people.inbox.public_id}"
    for referrer in ("https://shop.example/", "https://blog.example/a?b=c", "", "about:blank", "x"):
        assert shop.get(loader, headers={"referer": referrer}).status_code == 200
    text = manager.get(install(people.inbox)).content.decode()
    assert "https://shop.example" in text
    assert "https://blog.example<" in text
    assert "about:blank" not in text
    assert [origin for origin, _at in sightings.sightings_of(people.inbox)] == [
        "https://blog.example",
        "https://shop.example",
    ]
    assert "No browser has asked" in manager.get(install(make.inbox())).content.decode()


def test_strangers_fill_no_memory(people: People) -> None:
    shop = Client()
    loader = f"/widget/loader.js?i={people.inbox.public_id}"
    for number in range(sightings.KEPT + 5):
        shop.get(loader, headers={"referer": f"https://{number}.example/"})
    assert len(cache.get(f"sightings:{people.inbox.pk}")) == sightings.KEPT


def test_the_first_allowed_website_is_asked_for(people: People, manager: Client) -> None:
    Inbox.objects.update(allowed_origins=["https://shop.example"])
    assert 'value="https://shop.example"' in manager.get(install(people.inbox)).content.decode()


def test_the_loader_comes_while_nothing_can_be_noted(people: People, settings: Settings) -> None:
    away = {**settings.CACHES["default"], "LOCATION": f"redis://127.0.0.1:{free_port()}/0"}
    settings.CACHES = {"default": away}
    loader = f"/widget/loader.js?i={people.inbox.public_id}"
    assert Client().get(loader, headers={"referer": "https://shop.example/"}).status_code == 200
