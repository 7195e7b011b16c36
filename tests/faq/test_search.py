"""Searching articles: letters, endings and languages are forgiven; nothing but text comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq import actions
from faq.domain.search import EXCERPT, excerpt, fold, marked, plain, rank, read_query
from faq.models import Category, Icon, Status
from faq.queries import search_articles

LAMP = ("Returning a lamp", "You have 60 days. Pack the lamp in its box.")
ORDER = ("Where is my order?", "The parcel is on its way. A lamp may take longer.")
REFUND = ("When will I get my refund?", "We return the money after the parcel has come.")
TEXTS = [ORDER, REFUND, LAMP]


def found(question: str, texts: list[tuple[str, str]] = TEXTS) -> list[str]:
    return [texts[place][0] for place in rank(read_query(question), texts)]


def hits(question: str, text: str) -> list[str]:
    return [part for part, is_hit in marked(text, read_query(question)) if is_hit]


def test_the_title_weighs_more_than_the_body() -> None:
    assert found("lamp") == [LAMP[0], ORDER[0]]


def test_some_of_the_words_will_do_and_rare_ones_weigh_more() -> None:
    assert found("parcel refund") == [REFUND[0], ORDER[0]]
    assert found("pink parcel") == [ORDER[0], REFUND[0]]


@pytest.mark.parametrize("question", ["zebra", "", "?!", "a", "%", "\\", "(((", "' OR 1=1"])
def test_what_nobody_wrote_of_finds_nothing(question: str) -> None:
    assert found(question) == []


@pytest.mark.parametrize(("question", "text", "marked_words"), [
    ("IŞIK", "Işık yanmıyor", ["Işık"]),
    ("isik", "Işık yanmıyor", ["Işık"]),
    ("siparis", "SİPARİŞİM nerede?", ["SİPARİŞİM"]),
    ("zolty", "Żółty klosz", ["Żółty"]),
    ("zwrotu", "Zwroty i reklamacje", ["Zwroty"]),
    ("broken", "It broke. A broken lamp.", ["broke", "broken"]),
    ("dim", "A dimmer dims", ["dimmer", "dims"]),
    ("e27", "An E27 bulb", ["E27"]),
    ("ort", "Report a fault", []),
])  # fmt: skip
def test_letters_and_endings_are_forgiven(
    question: str, text: str, marked_words: list[str]
) -> None:
    assert hits(question, text) == marked_words


@given(st.text(max_size=300), st.text(max_size=60))
def test_marking_loses_no_letter_of_any_text(text: str, question: str) -> None:
    query = read_query(question)
    assert len(fold(text)) == len(text)
    if query.words:
        assert "".join(part for part, _ in marked(text, query)) == text
        piece = "".join(part for part, _ in excerpt(text, query))
        assert len(piece) <= EXCERPT + 2
        assert piece.strip("…") in text
    rank(query, [(text, text)])


def test_an_excerpt_shows_what_was_found() -> None:
    text = "Many words before it. " * 20 + "The needle is here. " + "And many after it. " * 20
    parts = excerpt(text, read_query("needle"))
    assert ("needle", True) in [tuple(part) for part in parts]
    assert parts[0][0].startswith("…")
    assert parts[-1][0].endswith("…")


def test_an_articles_html_becomes_running_text() -> None:
    html = "<h2>Tools</h2>\n<p>Use <strong>two</strong>. A &lt;b&gt; &amp; c</p>"
    assert plain(html) == "Tools Use two. A <b> & c"


@pytest.fixture
def library(db: None) -> Category:
    names = {"en": ("Delivery", ""), "pl": ("Dostawa", "")}
    category = actions.create_category(Icon.DELIVERY, 1, names)
    both = actions.create_article(category)
    actions.write_translation(both, "en", title="Where is it?", body="On its **way**.")
    actions.write_translation(both, "pl", title="Gdzie to jest?", body="W drodze.")
    english = actions.create_article(category)
    actions.write_translation(english, "en", title="Opening hours", body="All day, in every way.")
    draft = actions.create_article(category, status=Status.DRAFT)
    actions.write_translation(draft, "en", title="Secret way", body="Not yet.")
    return category


def test_published_articles_are_found_in_the_best_language(library: Category) -> None:
    titles = [hit.entry.title for hit in search_articles("way", "en", 10)]
    assert titles == ["Where is it?", "Opening hours"]
    (hit,) = search_articles("drodze", "pl", 10)
    assert (hit.entry.title, hit.category) == ("Gdzie to jest?", "Dostawa")
    assert hit.excerpt == [("W ", False), ("drodze", True), (".", False)]
    (other,) = search_articles("opening", "pl", 10)
    assert (other.entry.language, other.title) == ("en", [("Opening", True), (" hours", False)])
    assert len(search_articles("way", "en", 1)) == 1


def test_a_search_costs_the_same_for_any_number_of_articles(
    library: Category, django_assert_num_queries: object
) -> None:
    for number in range(5):
        more = actions.create_article(library)
        actions.write_translation(more, "en", title=f"Way {number}", body="Away.")
    with django_assert_num_queries(4):
        assert len(search_articles("way", "en", 20)) == 7
