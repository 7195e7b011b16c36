"""The help centre inside the widget."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from chat.views import help as views
from faq import actions
from faq.models import Article, ArticleVote, Icon, Status
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def articles(people: People) -> list[Article]:
    category = actions.create_category(Icon.DELIVERY, 1, {"en": ("Delivery", "")})
    shown = actions.create_article(category)
    body = "It is on its **way**. <script>alert(1)</script>"
    actions.write_translation(shown, "en", title="Where is my order?", body=body)
    draft = actions.create_article(category, status=Status.DRAFT)
    actions.write_translation(draft, "en", title="A draft of the order", body="Not yet.")
    return [shown, draft]


def ask(people: People, path: str, **params: Any) -> HttpResponse:
    headers = {"Authorization": f"Bearer {people.vera_token}", "Accept": "application/json"}
    return Client().get(f"/widget/{people.inbox.public_id}/help/{path}", params, headers=headers)


def vote(people: People, slug: str, body: Any, token: str = "") -> HttpResponse:
    return Client().post(
        f"/widget/{people.inbox.public_id}/help/{slug}/vote/",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {token or people.vera_token}"},
    )


def test_what_is_found_is_text_with_marks(people: People, articles: list[Article]) -> None:
    (result,) = ask(people, "", q="Orders way", lang="en").json()["results"]
    excerpt = [["It is on its ", False], ["way", True], [". <script>alert(1)</script>", False]]
    assert result == {
        "title": "Where is my order?", "slug": "where-is-my-order",
        "url": "/help/en/where-is-my-order/", "category": "Delivery", "minutes": 1,
        "title_parts": [["Where is my ", False], ["order", True], ["?", False]],
        "excerpt": excerpt,
    }  # fmt: skip


def test_nothing_found_is_an_answer(people: People, articles: list[Article]) -> None:
    assert ask(people, "", q="zebra").json() == {"results": []}


@pytest.mark.parametrize("text", ["", "a", " a ", "\u200b\u200b\u200b", "x" * 101])
def test_a_question_has_two_to_a_hundred_letters(people: People, text: str) -> None:
    answer = ask(people, "", q=text)
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "q")


def test_nobody_searches_without_end(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "SEARCHES_A_MINUTE", 2)
    assert [ask(people, "", q="lamp").status_code for _ in range(3)] == [200, 200, 429]


def test_reading_an_article(people: People, articles: list[Article]) -> None:
    told = ask(people, "where-is-my-order/", lang="en").json()
    assert told["title"] == "Where is my order?"
    assert "<strong>way</strong>" in told["html"]
    assert "<script" not in told["html"]
    assert (told["url"], told["minutes"]) == ("/help/en/where-is-my-order/", 1)
    assert (told["language"], told["is_fallback"]) == ("en", False)
    assert Article.objects.get(pk=articles[0].pk).views == 1


def test_another_language_is_better_than_none_and_says_so(
    people: People, articles: list[Article]
) -> None:
    told = ask(people, "where-is-my-order/", lang="pl").json()
    assert (told["language"], told["is_fallback"]) == ("en", True)


@pytest.mark.parametrize("slug", ["a-draft-of-the-order", "nothing"])
def test_what_is_not_published_is_not_there(
    people: People, articles: list[Article], slug: str
) -> None:
    assert ask(people, f"{slug}/", lang="en").status_code == 404
    assert vote(people, slug, {"helped": True}).status_code == 404
    assert not ArticleVote.objects.exists()


def test_each_reader_has_one_voice(people: People, articles: list[Article]) -> None:
    vote(people, "where-is-my-order", {"helped": True})
    assert vote(people, "where-is-my-order", {"helped": False}).json() == {}
    vote(people, "where-is-my-order", {"helped": True}, people.viktor_token)
    found = ArticleVote.objects.order_by("pk").values_list("article_id", "helped")
    assert list(found) == [(articles[0].pk, False), (articles[0].pk, True)]
    assert not ArticleVote.objects.filter(voter=people.vera.identity).exists()


@pytest.mark.parametrize("body", [{}, {"helped": "yes"}, {"helped": None}, "x", []])
def test_a_vote_is_yes_or_no(people: People, articles: list[Article], body: Any) -> None:
    assert vote(people, "where-is-my-order", body).status_code == 400


@pytest.mark.parametrize("path", ["", "where-is-my-order/"])
def test_it_is_for_visitors(people: People, articles: list[Article], path: str) -> None:
    url = f"/widget/{people.inbox.public_id}/help/{path}"
    answer = Client().get(url, {"q": "order"}, headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert vote(people, "where-is-my-order", {"helped": True}, "nobody").status_code == 401
