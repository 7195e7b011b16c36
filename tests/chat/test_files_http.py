"""Uploads: what is taken, what is refused and how, and who may not."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, TiffImagePlugin

from helpdesk.core import clock
from tests import make
from tests.people import People
from tests.support.sockets import BACKEND
from tickets.domain import pictures
from tickets.models import Attachment, Contact

pytestmark = pytest.mark.django_db
MB = 1024 * 1024
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXE = b"MZ\x90\x00\x03" + b"\0" * 200
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(range(256)) * 8
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def _own_media(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def site() -> Client:
    return Client(HTTP_HOST="localhost", enforce_csrf_checks=True)


def on_disk() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def upload(
    site: Client, people: People, name: str, content: bytes, token: str | None = None
) -> Any:
    return site.post(
        f"/widget/{people.inbox.public_id}/files/",
        {"file": SimpleUploadedFile(name, content)},
        headers={"Authorization": f"Bearer {people.vera_token if token is None else token}"},
    )


def taken(site: Client, people: People, name: str, content: bytes) -> dict[str, Any]:
    answer = upload(site, people, name, content)
    assert answer.status_code == 201, answer.content
    return dict(answer.json()["file"])


def packed(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(**members: bytes) -> bytes:
    base = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
    return packed(base | members)


def many_entries() -> bytes:
    return packed({f"word/{number}.xml": b"" for number in range(2_001)})


def many_entries_behind_few() -> bytes:
    """Its end names one entry; the larger form of it that stands before, and counts, names all."""
    archive = many_entries()
    table, start = struct.unpack("<II", archive[-10:-2])
    large = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 2_001, 2_001, table, start)
    pointer = struct.pack("<4sIQI", b"PK\6\7", 0, start + table, 1)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, 54, start, 0)
    return archive[:-22] + large + pointer + end


def type_that_unpacks_at_once() -> bytes:
    """Python unpacks all of a bzip2 member for its first byte: gigabytes out of 4 KB."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("mimetype", b"\0" * (5 * MB), compress_type=ZIP_BZIP2)
    return out.getvalue()


def type_that_cannot_be_unpacked() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr(ZipInfo("mimetype"), b"\xff" * 40)
    stored = out.getvalue()
    for head, place in (b"PK\3\4", 8), (b"PK\1\2", 10):
        at = stored.index(head) + place
        stored = stored[:at] + struct.pack("<H", ZIP_DEFLATED) + stored[at + 2 :]
    return stored


def picture_that_grows() -> bytes:
    """A GIF of 10 × 10 whose second frame says that it lies at the far end of 900 × 900."""
    frame = b"\x2c%b\0\2\2\x44\1\0"
    places = [(0, 0, 1, 1), (899, 899, 1, 1), (0, 0, 1, 1)]
    frames = b"".join(frame % struct.pack("<HHHH", *place) for place in places)
    head = b"GIF89a" + struct.pack("<HHBBB", 10, 10, 0x80, 0, 0)
    return head + b"\0\0\0\xff\xff\xff" + frames + b";"


def photo_of_a_place() -> bytes:
    """As a phone takes it: lying, with the place where it was."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "PhoneMaker"
    exif.get_ifd(0x8825)[2] = tuple(TiffImagePlugin.IFDRational(n) for n in (41, 0, 49))
    return make.picture("JPEG", (80, 40), exif=exif, comment=b"secret words")


def bomb_of_pixels() -> bytes:
    """A PNG of a few hundred bytes that says it is 60,000 pixels wide and high."""
    data = bytearray(make.picture("PNG", (8, 8)))
    data[16:24] = struct.pack(">II", 60_000, 60_000)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    return bytes(data)


BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "too large": ("big.pdf", lambda: PDF + b"\0" * (26 * MB), "larger than 25\u00a0MB"),
    "nothing in it": ("empty.txt", lambda: b"", "empty"),
    "a program": ("setup.exe", lambda: EXE, "this type"),
    "a program called a picture": ("holiday.png", lambda: EXE, "not what its name says"),
    "a program called a document": ("cv.docx", lambda: EXE, "not what its name says"),
    "a name that reads backwards": ("cv\u202egnp.exe", lambda: EXE, "this type"),
    "a drawing with a script": ("logo.svg", lambda: SVG, "this type"),
    "a drawing called a picture": ("logo.png", lambda: SVG, "not what its name says"),
    "a page": ("page.html", lambda: b"<script>alert(1)</script>", "this type"),
    "a script": ("run.js", lambda: b"alert(1)", "this type"),
    "no extension": ("README", lambda: b"text", "this type"),
    "a hidden file": (".htaccess", lambda: b"text", "this type"),
    "a path for a name": ("../../etc/passwd", lambda: b"text", "this type"),
    "an archive": ("all.zip", lambda: packed({"a.txt": b"a"}), "this type"),
    "a picture of an iPhone": ("IMG_1.HEIC", lambda: HEIC, "JPEG"),
    "the same, called otherwise": ("IMG_1.jpg", lambda: HEIC, "JPEG"),
    "no text at all": ("notes.txt", lambda: b"a\0b", "not what its name says"),
    "a picture called a text": ("a.txt", make.picture, "not what its name says"),
    "a picture cut short": ("a.png", lambda: make.picture("PNG", (99, 99))[:90], "damaged"),
    "a photo cut short": ("a.jpg", lambda: make.picture("JPEG", (640, 480))[:700], "damaged"),
    "too many pixels": ("a.png", bomb_of_pixels, "too many pixels"),
    "a bomb of zeros": (
        "a.docx", lambda: docx(**{"word/media": b"\0" * (60 * MB)}), "unpacks"),
    "a bomb of entries": ("a.xlsx", many_entries, "unpacks"),
    "a bomb of entries, hidden": ("a.docx", many_entries_behind_few, "unpacks"),
    "a bomb before its type is known": (
        "a.odt", type_that_unpacks_at_once, "not what its name says"),
    "a type that cannot be unpacked": ("a.odt", type_that_cannot_be_unpacked, "damaged"),
    "a moving picture that grows": ("a.gif", picture_that_grows, "damaged"),
    "any archive called a document": (
        "a.docx", lambda: packed({"a.txt": b"a"}), "not what its name says"),
    "a sheet called a text": ("a.odt", docx, "not what its name says"),
    "macros": ("a.docx", lambda: docx(**{"word/vbaProject.bin": b"x"}), "macros"),
    "a document cut short": ("a.docx", lambda: docx()[:-30], "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_is_refused(site: Client, people: People, case: str) -> None:
    name, content, words = BAD[case]
    answer = upload(site, people, name, content())
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["code"] == "file_refused"
    assert words in error["message"]
    assert Attachment.objects.count() == 0
    assert on_disk() == []


GOOD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a.jpg": ("a.jpg", lambda: make.picture("JPEG"), "image/jpeg"),
    "a.JPEG": ("a.jpeg", lambda: make.picture("JPEG"), "image/jpeg"),
    "a.png": ("a.png", make.picture, "image/png"),
    "a.webp": ("a.webp", lambda: make.picture("WEBP"), "image/webp"),
    "a.gif": ("a.gif", lambda: make.picture("GIF"), "image/gif"),
    "wrong.png": ("wrong.jpg", lambda: make.picture("JPEG"), "image/jpeg"),
    "a.pdf": ("a.pdf", lambda: PDF, "application/pdf"),
    "a.txt": ("a.txt", "Zażółć gęślą".encode, "text/plain"),
    "a.csv": ("a.csv", lambda: b"a;b", "text/csv"),
    "a.docx": ("a.docx", docx, "application/vnd.openxmlformats-officedocument"
                               ".wordprocessingml.document"),
    "a.odt": ("a.odt", lambda: packed({"mimetype": b"application/vnd.oasis.opendocument.text"}),
              "application/vnd.oasis.opendocument.text"),
    "a.mp3": ("a.mp3", lambda: b"ID3" + b"\0" * 300, "audio/mpeg"),
    "a.mp4": ("a.mp4", lambda: MP4, "video/mp4"),
    "x" * 300 + ".pdf": ("x" * 196 + ".pdf", lambda: PDF, "application/pdf"),
    "..\\..\\C:\\a b .pdf": ("a b.pdf", lambda: PDF, "application/pdf"),
    'a"<b>\u202e\x07|c?.pdf': ("a__b__c_.pdf", lambda: PDF, "application/pdf"),
    "\u3000 x \u200by .pdf": ("x y.pdf", lambda: PDF, "application/pdf"),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_what_is_taken(site: Client, people: People, name: str) -> None:
    expected, content, media_type = GOOD[name]
    file = taken(site, people, name, content())
    assert (file["name"], file["media_type"]) == (expected, media_type)
    (row,) = Attachment.objects.all()
    assert (row.identity_id, row.inbox_id, row.user_id) == (
        people.vera.identity_id, people.inbox.pk, None,
    )  # fmt: skip
    assert row.name == expected
    assert row.size == file["size"] == Path(row.file.path).stat().st_size
    names = [path.name for path in on_disk()]
    assert len(names) == (2 if media_type.startswith("image/") else 1)
    assert all(expected not in name for name in names)


def test_a_photo_leaves_only_its_pixels(site: Client, people: People) -> None:
    file = taken(site, people, "IMG_1.jpg", photo_of_a_place())
    assert (file["width"], file["height"]) == (40, 80), "upright"
    for path in on_disk():
        content = path.read_bytes()
        assert b"PhoneMaker" not in content
        assert b"secret" not in content
        assert b"Exif" not in content
        with Image.open(path) as picture:
            assert picture.size == (40, 80)
            assert not picture.getexif()


def moving(form: str, frames: int = 3, size: tuple[int, int] = (20, 10)) -> bytes:
    first, *others = [Image.new("RGB", size, (n * 20 % 256, n, 0)) for n in range(frames)]
    out = BytesIO()
    first.save(out, form, save_all=True, append_images=others, duration=80, loop=0)
    return out.getvalue()


@pytest.mark.parametrize("form", ["GIF", "WEBP"])
def test_a_moving_picture_moves_on(
    site: Client, people: People, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(site, people, f"a.{form.lower()}", moving(form))
    row = Attachment.objects.get()
    with Image.open(row.file.path) as picture:
        assert (picture.n_frames, picture.info["loop"]) == (3, 0)
        assert picture.size == (20, 10)
    monkeypatch.setattr(pictures, "FRAMES", 2)
    taken(site, people, f"b.{form.lower()}", moving(form))
    with Image.open(Attachment.objects.get(name__startswith="b").file.path) as picture:
        assert getattr(picture, "n_frames", 1) == 1, "too many frames: the first stands still"


def test_a_large_picture_is_scaled_and_previewed(
    site: Client, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "SIDE", 1000)
    file = taken(site, people, "a.png", make.picture("PNG", (2000, 500)))
    assert (file["width"], file["height"]) == (1000, 250)
    with Image.open(Attachment.objects.get().preview.path) as preview:
        assert (preview.format, preview.size) == ("WEBP", (640, 160))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png(site: Client, people: People, mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (9, 7)).save(out, "PNG")
    assert taken(site, people, "a.png", out.getvalue())["width"] == 9


def test_a_print_colour_photo(site: Client, people: People) -> None:
    out = BytesIO()
    Image.new("CMYK", (9, 7)).save(out, "JPEG")
    assert taken(site, people, "a.jpg", out.getvalue())["height"] == 7


def test_one_file_a_form(site: Client, people: People) -> None:
    path = f"/widget/{people.inbox.public_id}/files/"
    headers = {"Authorization": f"Bearer {people.vera_token}"}
    two = [SimpleUploadedFile(name, PDF) for name in ("a.pdf", "b.pdf")]
    for form in ({}, {"file": "text"}, {"other": two[0]}, {"file": two}):
        answer = site.post(path, form, headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")
    assert site.get(path, headers=headers).status_code == 405
    assert on_disk() == []


def test_who_may_not_upload(site: Client, people: People) -> None:
    assert upload(site, people, "a.pdf", PDF, token="").status_code == 401
    assert upload(site, people, "a.pdf", PDF, token="x").status_code == 401
    other = make.visitor(make.inbox(people.support))[1]
    assert upload(site, people, "a.pdf", PDF, token=other).status_code == 401
    Contact.objects.filter(pk=people.vera.contact_id).update(blocked_at=clock.now())
    assert upload(site, people, "a.pdf", PDF).status_code == 403
    people.inbox.settings = {"conversation": {"attachments": False}}
    people.inbox.save()
    assert upload(site, people, "a.pdf", PDF, people.viktor_token).status_code == 403
    assert Attachment.objects.count() == 0


def staff_upload(client: Client, **headers: str) -> Any:
    form = {"file": SimpleUploadedFile("a.pdf", PDF)}
    return client.post("/console/api/files/", form, **headers)


def test_an_agent_uploads_with_his_session_and_token(site: Client, people: People) -> None:
    assert staff_upload(Client(HTTP_HOST="localhost")).status_code == 401
    site.force_login(people.alice, backend=BACKEND)
    assert staff_upload(site).status_code == 403, "another site could have sent it"
    site.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    answer = staff_upload(site, HTTP_X_CSRFTOKEN="a" * 32)
    assert answer.status_code == 201
    file = answer.json()["file"]["id"]
    assert Attachment.objects.get().user_id == people.alice.pk
    assert site.delete(f"/console/api/files/{file}/").status_code == 403
    token = {"HTTP_X_CSRFTOKEN": "a" * 32}
    assert site.delete(f"/console/api/files/{uuid4()}/", **token).status_code == 404
    assert site.delete(f"/console/api/files/{file}/", **token).status_code == 200
    assert Attachment.objects.count() == 0


def test_a_visitor_takes_back_his_own_only(site: Client, people: People) -> None:
    file = taken(site, people, "a.pdf", PDF)["id"]

    def discard(token: str) -> int:
        path = f"/widget/{people.inbox.public_id}/files/{file}/"
        answer = site.delete(path, headers={"Authorization": f"Bearer {token}"})
        return int(answer.status_code)

    assert [discard(people.viktor_token), discard(people.vera_token)] == [404, 200]
    assert discard(people.vera_token) == 404
