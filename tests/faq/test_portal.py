"""The public help centre."""

import pytest
from django.test import Client

from faq import actions, queries
from faq.models import Article, Category, Icon, Status


@pytest.fixture
def category(db: None) -> Category:
    names = {"en": ("Delivery", "When it comes"), "tr": ("Teslimat", "Ne zaman gelir")}
    return actions.create_category(Icon.DELIVERY, 1, names)


@pytest.fixture
def article(category: Category) -> Article:
    article = actions.create_article(category)
    actions.write_translation(article, "en", title="Where is it?", body="On its **way**.")
    actions.write_translation(article, "tr", title="Nerede?", body="Yolda.")
    return article


def test_reader_is_led_to_his_language(client: Client, article: Article) -> None:
    answer = client.get("/help/", headers={"accept-language": "tr"})
    assert answer.headers["Location"] == "/help/tr/"
    page = client.get("/help/tr/").content.decode()
    assert '<html lang="tr"' in page
    assert "Nerede?" in page
    assert "Teslimat" in page


def test_article_is_shown_with_its_alternates(client: Client, article: Article) -> None:
    page = client.get("/help/en/where-is-it/").content.decode()
    assert "On its <strong>way</strong>." in page
    assert 'hreflang="tr" href="http://localhost:8000/help/tr/nerede/"' in page
    assert 'hreflang="x-default"' in page


def test_missing_translation_shows_another_with_a_notice(client: Client, article: Article) -> None:
    answer = client.get("/help/pl/where-is-it/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="fallback"' in page
    assert '<h1 lang="en">' in page
    assert 'rel="canonical" href="http://localhost:8000/help/en/where-is-it/"' in page


def test_address_of_another_language_leads_to_ones_own(client: Client, article: Article) -> None:
    answer = client.get("/help/tr/where-is-it/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/help/tr/nerede/"


def test_article_s_language_wins_over_the_reader_s_account(
    client: Client, article: Article, django_user_model: type
) -> None:
    user = django_user_model.objects.create_user("a@example.com", "x", name="A", language="pl")
    client.force_login(user)
    assert '<html lang="tr"' in client.get("/help/tr/nerede/").content.decode()


@pytest.mark.parametrize("path", ["/help/xx/", "/help/en/no-such-thing/"])
def test_what_is_not_there_is_a_404_page(client: Client, category: Category, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert b"<h1>" in answer.content


def test_draft_is_not_public(client: Client, category: Category) -> None:
    draft = actions.create_article(category, status=Status.DRAFT)
    actions.write_translation(draft, "en", title="Not yet", body="x")
    assert client.get("/help/en/not-yet/").status_code == 404
    assert "Not yet" not in client.get("/help/en/").content.decode()
    assert queries.published_articles("en") == []


def test_most_read_stands_first(client: Client, category: Category, article: Article) -> None:
    other = actions.create_article(category)
    actions.write_translation(other, "en", title="Later", body="x")
    assert [entry.title for entry in queries.popular_articles("en")] == ["Where is it?", "Later"]
    for _ in range(2):
        client.get("/help/en/later/")
    client.head("/help/en/where-is-it/")
    assert [entry.title for entry in queries.popular_articles("en")] == ["Later", "Where is it?"]


def test_same_title_twice_gets_another_address(category: Category, article: Article) -> None:
    other = actions.create_article(category)
    written = actions.write_translation(other, "en", title="Where is it?", body="x")
    assert written.slug == "where-is-it-2"


def test_rewritten_article_keeps_its_address(category: Category, article: Article) -> None:
    again = actions.write_translation(article, "en", title="Where is my parcel?", body="New")
    assert again.slug == "where-is-it"
    assert "New" in again.html


def test_page_costs_the_same_for_many_articles(
    client: Client, category: Category, article: Article, django_assert_max_num_queries: object
) -> None:
    for number in range(8):
        more = actions.create_article(category)
        actions.write_translation(more, "en", title=f"More {number}", body="x")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get("/help/en/")
