"""The managers' page where a shop gets its keys, and the code that it shows for using them."""

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from chat.manage.identity import samples_for
from chat.models import IdentityKey
from tests.people import People
from tests.support.shop import Browser

pytestmark = pytest.mark.django_db
CUSTOMER = {"sub": "42", "name": "Zażółć Gęślą", "attributes": {"plan": "gold"}}


@pytest.fixture
def manager(people: People) -> Client:
    client = Client()
    client.force_login(people.mona)
    return client


def path(people: People) -> str:
    return f"/manage/inboxes/{people.inbox.pk}/identity/"


def test_a_secret_is_shown_once(people: People, manager: Client) -> None:
    assert "No key yet" in manager.get(path(people)).content.decode()
    answer = manager.post(path(people))
    key = IdentityKey.objects.get()
    assert key.secret in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    page = manager.get(path(people)).content.decode()
    assert key.kid in page
    assert key.secret not in page


def test_a_third_key_waits_until_one_is_retired(people: People, manager: Client) -> None:
    codes = [manager.post(path(people)).status_code for _ in range(3)]
    assert codes == [200, 200, 422]
    key = IdentityKey.objects.order_by("pk").first()
    assert key
    retire = f"/manage/inboxes/keys/{key.pk}/retire/"
    assert key.kid in manager.get(retire).content.decode()
    assert manager.post(retire).headers["Location"] == path(people)
    assert manager.post(retire).status_code == 404
    assert manager.post(path(people)).status_code == 200
    assert f"{key.kid}</span></a>" not in manager.get(path(people)).content.decode()


def test_keys_are_the_managers(people: People, manager: Client) -> None:
    manager.post(path(people))
    agent = Client()
    agent.force_login(people.alice)
    retire = f"/manage/inboxes/keys/{IdentityKey.objects.get().pk}/retire/"
    for address in (path(people), retire):
        assert agent.get(address).status_code == agent.post(address).status_code == 403


def test_a_page_of_no_inbox(manager: Client) -> None:
    assert manager.get("/manage/inboxes/999999/identity/").status_code == 404


# ---- the code that is shown is the code that works -----------------------------------------------


def shown(people: People, manager: Client, name: str) -> str:
    page = manager.get(path(people)).content.decode()
    found = re.search(rf'id="sample-{name}"[^>]*>(.*?)</code>', page, re.DOTALL)
    assert found
    return html.unescape(found[1])


def run(command: list[str], secret: str) -> str:
    environment = {**os.environ, "HELPDESK_SECRET": secret}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def token_of_python(code: str, secret: str, folder: Path) -> str:
    (folder / "token_sample.py").write_text(f"{code}\nprint(helpdesk_token({CUSTOMER!r}))\n")
    return run([shutil.which("python3") or "python3", str(folder / "token_sample.py")], secret)


def token_of_node(code: str, secret: str, folder: Path) -> str:
    call = f"console.log(helpdeskToken({json.dumps(CUSTOMER)}));"
    (folder / "sample.mjs").write_text(f"{code}\n{call}\n")
    return run(["node", str(folder / "sample.mjs")], secret)


def token_of_php(code: str, secret: str, folder: Path) -> str:
    call = f"echo helpdesk_token(json_decode('{json.dumps(CUSTOMER)}', true));"
    (folder / "sample.php").write_text(f"{code}\n{call}\n")
    return run(["php", str(folder / "sample.php")], secret)


SHOPS = {
    "py": ("python3", token_of_python),
    "mjs": ("node", token_of_node),
    "php": ("php", token_of_php),
}


@pytest.mark.parametrize("name", SHOPS)
def test_the_sample_makes_a_token_that_is_believed(
    people: People, manager: Client, tmp_path: Path, name: str
) -> None:
    program, make_token = SHOPS[name]
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not here")
    manager.post(path(people))
    key = IdentityKey.objects.get()
    token = make_token(shown(people, manager, name), key.secret, tmp_path)
    browser = Browser(people.inbox)
    answer = browser.identify(token)
    assert (answer.status_code, answer.json()["visitor"]["name"]) == (200, CUSTOMER["name"])


def test_code_is_shown_and_not_run(people: People, manager: Client) -> None:
    page = manager.get(path(people)).content.decode()
    assert "&lt;?php" in page
    assert "&lt;script&gt;" in page
    assert 'HelpdeskWidget.q.push(["identify", "THE TOKEN"])' in shown(people, manager, "html")


def test_every_sample_names_this_inbox_and_key(people: People) -> None:
    codes = [one["text"] for one in samples_for(people.inbox, "thekey") if one["name"] != "html"]
    assert len(codes) == 3
    for code in codes:
        assert str(people.inbox.public_id) in code
        assert "thekey" in code
