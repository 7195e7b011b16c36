"""Signing in: what is refused, what is said, and where it leads."""

import pytest
from django.core import mail
from django.test import Client

from helpdesk.accounts.models import User

LOGIN = "/accounts/login/"
PASSWORD = "lamp-oak-lumen-9"


@pytest.fixture
def maja(db: None) -> User:
    return User.objects.create_user("maja@example.com", PASSWORD, name="Maja Kowalska")


def sign_in(client: Client, email: str, password: str, **extra: str) -> object:
    return client.post(LOGIN, {"login": email, "password": password, **extra})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_right_password_leads_to_the_console(client: Client, maja: User) -> None:
    answer = sign_in(client, "Maja@Example.com", PASSWORD)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/console/"
    assert is_signed_in(client)


def test_wrong_password_and_unknown_address_read_alike(client: Client, maja: User) -> None:
    wrong = sign_in(client, maja.email, "nope")
    unknown = sign_in(client, "nobody@example.com", "nope")
    for answer in (wrong, unknown):
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "That e-mail and password do not match." in page
        assert 'role="alert"' in page
    assert not is_signed_in(client)


def test_too_many_tries_are_told_to_wait(client: Client, maja: User) -> None:
    for _ in range(5):
        sign_in(client, maja.email, "nope")
    answer = sign_in(client, maja.email, PASSWORD)
    assert not is_signed_in(client)
    assert "Too many tries. Please wait five minutes." in answer.content.decode()


def test_floods_from_one_address_get_a_429_page(client: Client, maja: User) -> None:
    for number in range(40):
        answer = sign_in(client, f"nobody{number}@example.com", "nope")
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    assert "Too many tries" in answer.content.decode()


def test_deactivated_user_stays_outside(client: Client, maja: User) -> None:
    maja.is_active = False
    maja.save()
    answer = sign_in(client, maja.email, PASSWORD)
    assert not is_signed_in(client)
    assert answer.status_code in {200, 302}


def test_deactivation_ends_the_session(client: Client, maja: User) -> None:
    client.force_login(maja)
    maja.is_active = False
    maja.save()
    assert client.get("/manage/").headers["Location"].startswith(LOGIN)


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_next_stays_on_our_host(client: Client, maja: User, target: str) -> None:
    answer = sign_in(client, maja.email, PASSWORD, next=target)
    assert answer.headers["Location"] == "/console/"


def test_next_on_our_host_is_followed(client: Client, maja: User) -> None:
    answer = sign_in(client, maja.email, PASSWORD, next="/manage/")
    assert answer.headers["Location"] == "/manage/"


def test_nobody_signs_up(client: Client, db: None) -> None:
    data = {"email": "new@example.com", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", data)
    assert not User.objects.filter(email="new@example.com").exists()
    assert "invitation" in client.get("/accounts/signup/").content.decode()


def test_language_can_be_chosen_on_the_page(client: Client, db: None) -> None:
    answer = client.post("/language/", {"language": "pl", "next": LOGIN})
    assert answer.headers["Location"] == LOGIN
    page = client.get(LOGIN).content.decode()
    assert '<html lang="pl"' in page
    assert "Zaloguj się" in page


def test_password_is_reset_by_mail(client: Client, maja: User) -> None:
    client.post("/accounts/password/reset/", {"email": maja.email})
    assert len(mail.outbox) == 1
    link = next(line for line in mail.outbox[0].body.splitlines() if "/accounts/password/" in line)
    path = "/" + link.split("/", 3)[3]
    form = client.get(path, follow=True)
    new = "another-lamp-77"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    sign_in(client, maja.email, new)
    assert is_signed_in(client)


def test_unknown_address_gets_the_same_answer_and_no_mail(client: Client, db: None) -> None:
    answer = client.post("/accounts/password/reset/", {"email": "nobody@example.com"})
    assert answer.status_code == 302
    assert mail.outbox == []


@pytest.mark.parametrize(
    "path",
    [
        LOGIN,
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/xx-yy/",
        "/accounts/password/reset/key/done/",
        "/accounts/inactive/",
        "/accounts/signup/",
    ],
)
def test_each_page_has_our_look(client: Client, db: None, path: str) -> None:
    page = client.get(path).content.decode()
    assert "auth__form" in page
    assert page.count("<h1") == 1
