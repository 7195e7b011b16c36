"""Where files are fetched: signed, for a week, and nothing that runs."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image

from helpdesk.core import clock
from tests import make
from tests.people import People
from tickets.models import Attachment
from tickets.queries.files import VALID_DAYS, file_body

pytestmark = pytest.mark.django_db
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(range(256)) * 8
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def site() -> Client:
    return Client(HTTP_HOST="localhost", enforce_csrf_checks=True)


def stored(people: People, name: str, content: bytes) -> dict[str, Any]:
    return file_body(make.file(people.vera, name, content))


def body_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_file_is_a_download_that_runs_nothing(site: Client, people: People) -> None:
    file = stored(people, "a b.txt", b"<script>alert(1)</script>")
    answer = site.get(file["url"])
    assert (answer.status_code, body_of(answer)) == (200, b"<script>alert(1)</script>")
    headers = answer.headers
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert headers["Content-Disposition"] == 'attachment; filename="a b.txt"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"].startswith("private")
    assert file["preview_url"] is None


def test_a_picture_and_its_preview_are_shown(site: Client, people: People) -> None:
    file = stored(people, "a.png", make.picture())
    for url, media_type in ((file["url"], "image/png"), (file["preview_url"], "image/webp")):
        answer = site.get(url)
        assert answer.headers["Content-Type"] == media_type
        assert not answer.headers.get("Content-Disposition", "").startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        with Image.open(BytesIO(body_of(answer))) as picture:
            assert picture.size == (32, 24)


def test_an_address_that_is_not_ours(site: Client, people: People) -> None:
    file, other = stored(people, "a.pdf", PDF), stored(people, "b.pdf", PDF)
    path, _, query = file["url"].partition("?")
    day, _, signature = query.partition("&s=")
    for url in (
        path,
        f"{path}?{day}",
        f"{path}?{day}&s=",
        f"{path}?{day}&s={signature[:-1]}x",
        f"{path}?e={int(day[2:]) + 1}&s={signature}",
        f"{path}?e=x&s={signature}",
        f"{other['url'].partition('?')[0]}?{query}",
        f"/files/{uuid4()}/a.pdf?{query}",
        f"/files/{file['id']}/preview/?{query}",  # it has none
    ):
        assert site.get(url).status_code == 404, url
    assert site.post(file["url"]).status_code == 403  # no CSRF token; and no method of it
    assert body_of(site.get(file["url"])) == PDF


def test_an_address_is_good_for_a_week(site: Client, people: People) -> None:
    file = stored(people, "a.pdf", PDF)
    now = clock.now()
    with clock.moved_to(now + timedelta(days=7)):
        assert body_of(site.get(file["url"])) == PDF
    with clock.moved_to(now + timedelta(days=VALID_DAYS)):
        assert site.get(file["url"]).status_code == 404


def test_an_address_of_what_is_gone(site: Client, people: People) -> None:
    file, lost = stored(people, "a.pdf", PDF), stored(people, "b.pdf", PDF)
    Path(Attachment.objects.get(name="b.pdf").file.path).unlink()
    Attachment.objects.filter(name="a.pdf").delete()
    for one in (file, lost):
        assert site.get(one["url"]).status_code == 404


RANGES = {
    "bytes=0-3": (206, MP4[:4], f"bytes 0-3/{len(MP4)}"),
    "bytes=10-": (206, MP4[10:], f"bytes 10-{len(MP4) - 1}/{len(MP4)}"),
    "bytes=-5": (206, MP4[-5:], f"bytes {len(MP4) - 5}-{len(MP4) - 1}/{len(MP4)}"),
    "bytes=5-999999": (206, MP4[5:], f"bytes 5-{len(MP4) - 1}/{len(MP4)}"),
    "bytes=" + "9" * 5000 + "-": (200, MP4, None),
    "bytes=999999-": (416, b"", f"bytes */{len(MP4)}"),
    "bytes=0-1,4-5": (200, MP4, None),
    "bytes=-": (200, MP4, None),
    "lines=1-2": (200, MP4, None),
}


@pytest.mark.parametrize("asked", RANGES)
def test_a_player_asks_for_parts(site: Client, people: People, asked: str) -> None:
    file = stored(people, "a.mp4", MP4)
    answer = site.get(file["url"], headers={"Range": asked})
    body = body_of(answer)
    assert (answer.status_code, body, answer.headers.get("Content-Range")) == RANGES[asked]
    assert answer.headers["Content-Length"] == str(len(body))
