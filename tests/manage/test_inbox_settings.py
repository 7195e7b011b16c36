"""What a manager settles for an inbox, tab by tab."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from helpdesk.accounts.models import Calendar
from tests import make
from tests.people import People
from tickets.actions.inboxes import update_chat
from tickets.domain.chat_settings import Choice, Consent, Home, Prechat, Question
from tickets.models import Inbox

TABS = ["look", "home", "prechat", "conversation", "absence", "channels", "privacy", "install"]
LOOK = {
    "side": "left",
    "offset_x": "30",
    "offset_y": "40",
    "phone_offset_x": "8",
    "phone_offset_y": "72",
    "theme": "page",
    "hide_on": "/checkout*\nhttps://shop.example/pay",
    "z": "50",
    "label_en": "Help",
    "label_tr": "Yardım",
}


@pytest.fixture
def inbox(people: People) -> Inbox:
    inbox = people.inbox
    inbox.languages = ["en", "tr"]
    inbox.save()
    return inbox


def address(inbox: Inbox, tab: str) -> str:
    return f"/manage/inboxes/{inbox.pk}/{tab}/"


def read(inbox: Inbox) -> Any:
    inbox.refresh_from_db()
    return inbox.chat


def settle(inbox: Inbox, **parts: Any) -> None:
    inbox.settings = inbox.chat.model_copy(update=parts).model_dump(mode="json")
    inbox.save()


@pytest.mark.parametrize("tab", TABS)
def test_only_managers_settle(people: People, manager: Client, inbox: Inbox, tab: str) -> None:
    path, agent = address(inbox, tab), Client()
    assert Client().get(path).headers["Location"] == f"/accounts/login/?next={path}"
    agent.force_login(people.alice)
    assert agent.get(path).status_code == 403
    assert agent.post(path, LOOK).status_code == 403
    assert manager.get(path).status_code == 200
    assert manager.get(f"/manage/inboxes/999999/{tab}/").status_code == 404
    assert read(inbox) == Inbox().chat


@pytest.mark.parametrize("tab", TABS)
def test_nobody_settles_from_another_site(people: People, inbox: Inbox, tab: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.mona)
    assert client.post(address(inbox, tab), LOOK).status_code == 403


@pytest.mark.parametrize("tab", TABS)
def test_as_many_queries_for_much_as_for_little(
    manager: Client, inbox: Inbox, tab: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    settle(inbox, prechat=Prechat(questions=[Question(key=f"q{n}") for n in range(12)]))
    with django_assert_max_num_queries(5):  # session, user, inbox, and the calendars' list
        manager.get(address(inbox, tab))


def test_look_is_kept(manager: Client, inbox: Inbox) -> None:
    settle(inbox, home=Home(before=["people", "faq", "bot"]))
    answer = manager.post(address(inbox, "look"), LOOK)
    assert answer.headers["Location"] == address(inbox, "look")
    chat = read(inbox)
    assert (chat.look.side, chat.look.offset_y, chat.look.phone_offset_y) == ("left", 40, 72)
    assert chat.look.hide_on == ["/checkout*", "/pay"]
    assert chat.look.label == {"en": "Help", "tr": "Yardım"}
    assert chat.home.before[0] == "people"
    page = manager.get(address(inbox, "look")).content.decode()
    assert "/checkout*\n/pay" in page
    assert 'name="label_pl"' not in page
    assert "to 1" in page


def test_words_of_a_language_that_rests_are_kept(manager: Client, inbox: Inbox) -> None:
    manager.post(address(inbox, "look"), LOOK)
    inbox.refresh_from_db()
    inbox.languages = ["tr"]
    inbox.save()
    manager.post(address(inbox, "look"), LOOK | {"label_tr": "Destek"})
    assert read(inbox).look.label == {"en": "Help", "tr": "Destek"}


@pytest.mark.parametrize(
    ("tab", "wrong", "field"),
    [
        ("look", LOOK | {"offset_x": "401"}, "offset_x"),
        ("look", LOOK | {"offset_x": ""}, "offset_x"),
        ("look", LOOK | {"side": "middle"}, "side"),
        ("look", LOOK | {"hide_on": "checkout"}, "hide_on"),
        ("look", LOOK | {"hide_on": "\n".join(f"/{n}" for n in range(21))}, "hide_on"),
        ("look", LOOK | {"label_en": "x" * 81}, "label_en"),
        ("home", {"before": "faq,faq,bot"}, "before"),
        ("conversation", {"mail_after_minutes": "0"}, "mail_after_minutes"),
        ("absence", {"reply_hours": "300"}, "reply_hours"),
        ("absence", {"calendar": "999999"}, "calendar"),
        ("channels", {"whatsapp": "call me"}, "whatsapp"),
        ("channels", {"telegram": "two words"}, "telegram"),
        ("channels", {"messenger": "https://evil.example/x"}, "messenger"),
        ("channels", {"email": "nobody"}, "email"),
        ("privacy", {"notice_url": "javascript:alert(1)"}, "notice_url"),
    ],
)
def test_error_stands_at_its_field_and_nothing_is_lost(
    manager: Client, inbox: Inbox, tab: str, wrong: dict[str, str], field: str
) -> None:
    answer = manager.post(address(inbox, tab), wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert read(inbox) == Inbox().chat
    typed = wrong[field]
    assert tab == "home" or field in {"side", "calendar"} or typed in page.replace("&#x27;", "'")


def test_home_has_an_order_a_stage(manager: Client, inbox: Inbox) -> None:
    orders = {"before": "bot,faq,people", "during": "people,bot,faq", "after": "people,faq,bot"}
    manager.post(address(inbox, "home"), orders)
    assert read(inbox).home.during == ["people", "bot", "faq"]
    assert 'value="people,bot,faq" selected' in manager.get(address(inbox, "home")).content.decode()


def test_channels_as_people_paste_them(manager: Client, inbox: Inbox) -> None:
    pasted = {
        "whatsapp": "0532 123 45 67",
        "telegram": "https://t.me/lumen_oak",
        "messenger": "https://www.facebook.com/lumen.oak/?ref=x",
        "email": "hello@lumen-oak.example",
    }
    manager.post(address(inbox, "channels"), pasted)
    channels = read(inbox).channels
    assert channels.whatsapp == "+905321234567"
    assert (channels.telegram, channels.messenger) == ("lumen_oak", "lumen.oak")


def test_hours_and_promise(manager: Client, inbox: Inbox) -> None:
    calendar = Calendar.objects.create(name="Office", weekly={"0": [["09:00", "17:00"]]})
    manager.post(address(inbox, "absence"), {"calendar": calendar.pk, "callback": "on"})
    absence = read(inbox).absence
    assert (absence.leave_message, absence.callback, absence.reply_hours) == (False, True, None)
    assert inbox.calendar == calendar
    manager.post(address(inbox, "absence"), {"calendar": "", "reply_hours": "8"})
    assert read(inbox).absence.reply_hours == 8
    assert inbox.calendar is None


def test_conversation_and_privacy(manager: Client, inbox: Inbox) -> None:
    manager.post(address(inbox, "conversation"), {"peek": "on", "mail_after_minutes": "30"})
    conversation = read(inbox).conversation
    assert (conversation.attachments, conversation.peek) == (False, True)
    assert conversation.mail_after_minutes == 30
    manager.post(address(inbox, "privacy"), {"notice_url": "shop.example/p", "store_ip": "on"})
    privacy = read(inbox).privacy
    assert (privacy.notice_url, privacy.store_ip) == ("https://shop.example/p", True)
    assert privacy.follow_pages is False


def test_origins_are_checked_at_their_field(manager: Client, inbox: Inbox) -> None:
    form = {"name": "Shop", "brand_color": "#1a533e", "languages": ["en"]}
    path = f"/manage/inboxes/{inbox.pk}/"
    page = manager.post(path, form | {"allowed_origins": "shop"}).content.decode()
    assert 'id="id_allowed_origins_error"' in page


# ---- the questions before a chat ----


def questions(*rows: dict[str, Any], **more: str) -> dict[str, str]:
    form = {"is_on": "on", "rows": str(len(rows)), **more}
    for number, row in enumerate(rows):
        form |= {f"q{number}-{name}": value for name, value in row.items()}
    return form


NAME = {"key": "name", "asks": "name"}
TOPIC = {
    "key": "",
    "asks": "choice",
    "label_en": "What is it about?",
    "label_tr": "Konu nedir?",
    "choices_en": "Return\norder = My order",
    "choices_tr": "İade\nSiparişim",
    "required": "on",
}


def test_questions_get_keys_and_choices(manager: Client, inbox: Inbox) -> None:
    form = questions(TOPIC, NAME, consent_en="I agree.", consent_required="on")
    answer = manager.post(address(inbox, "prechat"), form)
    assert answer.status_code == 302, answer.content.decode()
    prechat = read(inbox).prechat
    topic, name = prechat.questions
    assert (topic.key, topic.kind, topic.required) == ("what_is_it_about", "choice", True)
    assert topic.choices == [
        Choice(value="return", label={"en": "Return", "tr": "İade"}),
        Choice(value="order", label={"en": "My order", "tr": "Siparişim"}),
    ]
    assert (name.key, name.kind) == ("name", "text")
    assert prechat.consent == Consent(text={"en": "I agree."}, required=True)
    page = manager.get(address(inbox, "prechat")).content.decode()
    assert "order = My order" in page
    assert 'value="what_is_it_about"' in page


def test_key_stays_when_the_words_change(manager: Client, inbox: Inbox) -> None:
    manager.post(address(inbox, "prechat"), questions(TOPIC))
    again = TOPIC | {"key": "what_is_it_about", "label_en": "Topic"}
    manager.post(address(inbox, "prechat"), questions(again))
    assert read(inbox).prechat.questions[0].key == "what_is_it_about"


def test_choices_of_a_language_that_rests_are_kept(manager: Client, inbox: Inbox) -> None:
    labels = {"en": "Return", "pl": "Zwrot"}
    topic = Question(
        key="topic", kind="choice", label={"en": "Topic", "pl": "Temat"},
        choices=[Choice(value="return", label=labels)],
    )  # fmt: skip
    settle(inbox, prechat=Prechat(questions=[topic]))
    row = {
        "key": "topic",
        "asks": "choice",
        "label_en": "About",
        "choices_en": "return = Send back",
    }
    manager.post(address(inbox, "prechat"), questions(row))
    stored = read(inbox).prechat.questions[0]
    assert stored.label == {"en": "About", "pl": "Temat"}
    assert stored.choices[0].label == {"en": "Send back", "pl": "Zwrot"}


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([{"asks": "text"}], "q0-label_en"),
        ([{"asks": "choice", "label_en": "Topic"}], "q0-choices_en"),
        ([TOPIC | {"choices_tr": "İade\nother = Diğer"}], "q0-choices_tr"),
        ([TOPIC | {"choices_en": "Return\nreturn = Again"}], "q0-choices_en"),
        ([TOPIC | {"choices_en": "\n".join("abcdefghijklm")}], "q0-choices_en"),
        ([{"asks": "king"}], "q0-asks"),
        ([NAME, NAME], "q1-asks"),
        ([NAME, TOPIC, TOPIC], "q2-asks"),
    ],
)
def test_wrong_questions_are_said_where_they_stand(
    manager: Client, inbox: Inbox, rows: list[dict[str, str]], field: str
) -> None:
    answer = manager.post(address(inbox, "prechat"), questions(*rows, consent_en="Kept <b>"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert "Kept &lt;b&gt;" in page
    assert read(inbox) == Inbox().chat


@pytest.mark.parametrize(
    ("wish", "order", "focus"),
    [
        ("add", ["name", "choice", "email", "text"], "asks"),
        ("up:1", ["choice", "name", "email"], "down:0"),
        ("down:0", ["choice", "name", "email"], "down:1"),
        ("down:1", ["name", "email", "choice"], "up:2"),
        ("remove:0", ["choice", "email"], "asks"),
        ("up:0", ["name", "choice", "email"], ""),
        ("down:9", ["name", "choice", "email"], ""),
        ("nonsense", ["name", "choice", "email"], ""),
    ],
)
def test_rows_are_arranged_without_saving(
    manager: Client, inbox: Inbox, wish: str, order: list[str], focus: str
) -> None:
    rows = questions(NAME, TOPIC, {"key": "email", "asks": "email"}, consent_tr="Evet", do=wish)
    answer = manager.post(address(inbox, "prechat"), rows)
    form = answer.context["form"]
    assert answer.status_code == 200
    assert [str(question["asks"].value()) for question in form.questions] == order
    page = answer.content.decode()
    assert "What is it about?" in page or wish == "remove:1"
    assert "Siparişim" in page
    assert "Evet" in page
    assert page.count("autofocus") == bool(focus)
    assert focus == "asks" or not focus or f'value="{focus}"' in page
    assert read(inbox) == Inbox().chat


def test_no_more_than_twelve(manager: Client, inbox: Inbox) -> None:
    rows = [{"key": f"q{n}", "asks": "text", "label_en": f"Q{n}"} for n in range(12)]
    answer = manager.post(address(inbox, "prechat"), questions(*rows, do="add"))
    assert len(answer.context["form"].questions) == 12
    assert 'value="add"' not in answer.content.decode()


def test_install_page_has_this_inboxs_lines(manager: Client, inbox: Inbox) -> None:
    page = manager.get(address(inbox, "install")).content.decode()
    assert f"loader.js?i={inbox.public_id}&quot;&gt;&lt;/script&gt;" in page
    assert f"/chat/{inbox.public_id}/" in page
    assert "data-target" in page


def test_two_managers_on_two_tabs(people: People, inbox: Inbox) -> None:
    """Each saves what he saw; nobody takes back what the other has just settled."""
    mona, stale = make.viewer(people.mona), Inbox.objects.get(pk=inbox.pk)
    update_chat(mona, inbox, Home(before=["people", "faq", "bot"]))
    update_chat(mona, stale, Prechat(is_on=False))
    chat = read(inbox)
    assert chat.home.before[0] == "people"
    assert chat.prechat.is_on is False
