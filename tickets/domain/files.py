"""What may be attached: by its name, by what its first bytes say, and by what is packed inside.

A name is only a wish: a file is taken when its content is of a type we know to be harmless and its
name says the same. Nothing here unpacks or draws anything.
"""

import codecs
import os
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

import filetype

from helpdesk.core.text import clean

NAME_LIMIT = 200
HEAD = 8192
CHUNK = 256 * 1024
# Of a packed document (Office, OpenDocument), as its table of contents declares them.
ENTRIES = 2_000
TABLE_BYTES = 1024 * 1024
UNPACKED_BYTES = 300 * 1024 * 1024
UNPACKED_RATIO = 150
SMALL_BYTES = 10 * 1024 * 1024

PICTURES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
# By extension: what it is handed out as.
MEDIA_TYPES = {
    **{"jpg": "image/jpeg", "jpeg": "image/jpeg", "jpe": "image/jpeg", "jfif": "image/jpeg"},
    **{"png": "image/png", "webp": "image/webp", "gif": "image/gif"},
    **{"pdf": "application/pdf", "txt": "text/plain", "log": "text/plain", "csv": "text/csv"},
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "pptx": f"{_OFFICE}presentationml.presentation",
    **{"odt": f"{_OPEN}text", "ods": f"{_OPEN}spreadsheet"},
    **{"mp3": "audio/mpeg", "ogg": "audio/ogg", "m4a": "audio/mp4", "weba": "audio/webm"},
    **{"mp4": "video/mp4", "webm": "video/webm", "mov": "video/quicktime"},
}
# What the same container is called by those who look at its first bytes alone.
_ALSO = {"audio/mp4": {"video/mp4"}, "audio/webm": {"video/webm"}, "video/mp4": {"video/x-m4v"}}
_OFFICE_FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
_HEIC = {"heic", "heif", "hif"}
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,  # what is encrypted
)
# The end of an archive, with a comment of any length; the larger form of it, which counts where it
# stands before the other; and the pointer between them.
END, LONGEST_COMMENT, LARGE_END, POINTER = 22, 1 << 16, 56, 20


class Reason(StrEnum):
    EMPTY = "empty"
    TOO_BIG = "too_big"
    TYPE = "type"
    HEIC = "heic"
    MISMATCH = "mismatch"
    BROKEN = "broken"
    BOMB = "bomb"
    MACROS = "macros"
    PIXELS = "pixels"


class Refused(Exception):
    """This file is not taken; the reason is for the one who wanted to send it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Known:
    """A file that may be stored: its cleaned name, and what it is."""

    name: str
    media_type: str

    @property
    def is_picture(self) -> bool:
        return self.media_type in PICTURES


def examine(name: str, file: IO[bytes], size: int, *, limit: int) -> Known:
    """What this file is; `size` and `limit` in bytes. Raises Refused."""
    if size > limit:
        raise Refused(Reason.TOO_BIG)
    stem, extension = split_name(name)
    if extension in _HEIC:
        raise Refused(Reason.HEIC)
    if extension not in MEDIA_TYPES:
        raise Refused(Reason.TYPE)
    if size == 0:
        raise Refused(Reason.EMPTY)
    media_type = _media_type(extension, file, size)
    if media_type in PICTURES and MEDIA_TYPES[extension] != media_type:
        extension = PICTURES[media_type]  # a JPEG called .png is drawn anew in any case
    return Known(joined_name(stem, extension), media_type)


def split_name(name: str) -> tuple[str, str]:
    """Stem and extension (lower case, without the dot) of a name that a stranger gave."""
    name = name.replace("\\", "/").rpartition("/")[2]
    # What looks like a space or hides is one space or nothing; Windows wants none at the end.
    name = " ".join("".join(map(_visible, clean(name))).split()).strip(" .")
    stem, dot, extension = name.rpartition(".")
    return (stem.strip(" ."), extension.strip().lower()) if dot else (name, "")


def _visible(character: str) -> str:
    if character in '<>:"/|?*':
        return "_"
    return " " if unicodedata.category(character).startswith(("Z", "C")) else character


def joined_name(stem: str, extension: str) -> str:
    room = NAME_LIMIT - len(extension) - 1
    return f"{stem[:room].rstrip(' .') or 'file'}.{extension}"


def _media_type(extension: str, file: IO[bytes], size: int) -> str:
    wanted = MEDIA_TYPES[extension]
    found = _sniffed(file)
    if found in {"image/heic", "image/heif"}:
        raise Refused(Reason.HEIC)
    if wanted.startswith("image/"):
        if found not in PICTURES:
            raise Refused(Reason.MISMATCH)
        return found
    if wanted.startswith("text/"):
        if found is not None or not _is_text(file):
            raise Refused(Reason.MISMATCH)
    elif wanted.startswith((_OFFICE, _OPEN)):
        _check_packed(extension, file, size)
    elif found != wanted and found not in _ALSO.get(wanted, ()):
        raise Refused(Reason.MISMATCH)
    return wanted


def _sniffed(file: IO[bytes]) -> str | None:
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    found = filetype.guess_mime(head)
    # An animated PNG is a PNG to everybody else.
    return "image/png" if found == "image/apng" else found


def _is_text(file: IO[bytes]) -> bool:
    """UTF-8 without NUL, read piece by piece."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(CHUNK):
            if b"\0" in chunk:
                return False
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(0)
    return True


def _check_packed(extension: str, file: IO[bytes], size: int) -> None:
    """By the table of contents alone: is it such a document, and does it unpack to something sane?
    What is nested in it stays closed."""
    _check_table(file, size)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            _check_sizes(entries, size)
            _check_contents(extension, archive, names)
    except _ZIP_FAULTS as error:
        raise Refused(Reason.BROKEN) from error
    finally:
        file.seek(0)


def _check_table(file: IO[bytes], size: int) -> None:
    """Before the table is read into memory: how long does its end say that it is?"""
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        raise Refused(Reason.MISMATCH)
    file.seek(-min(size, LARGE_END + POINTER + END + LONGEST_COMMENT), os.SEEK_END)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + END:
        raise Refused(Reason.BROKEN)
    said = [(tail[at + 10 : at + 12], tail[at + 12 : at + 16])]
    large = at - POINTER - LARGE_END
    if large >= 0 and tail[at - POINTER :].startswith(b"PK\x06\x07"):
        said.append((tail[large + 32 : large + 40], tail[large + 40 : large + 48]))
    for entries, table in said:
        if _number(entries) > ENTRIES or _number(table) > TABLE_BYTES:
            raise Refused(Reason.BOMB)


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _check_sizes(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    is_dense = unpacked > SMALL_BYTES and unpacked > size * UNPACKED_RATIO
    if len(entries) > ENTRIES or unpacked > UNPACKED_BYTES or is_dense:
        raise Refused(Reason.BOMB)


def _check_contents(extension: str, archive: zipfile.ZipFile, names: set[str]) -> None:
    lower = {name.lower() for name in names}
    if any(name.endswith("vbaproject.bin") or name.startswith("basic/") for name in lower):
        raise Refused(Reason.MACROS)
    if folder := _OFFICE_FOLDERS.get(extension):
        is_right = "[Content_Types].xml" in names and any(n.startswith(folder) for n in names)
    else:
        is_right = (
            "mimetype" in names and _first_bytes(archive, "mimetype") == MEDIA_TYPES[extension]
        )
    if not is_right:
        raise Refused(Reason.MISMATCH)


def _first_bytes(archive: zipfile.ZipFile, name: str) -> str:
    """Of a member that is packed as documents are: other ways unpack all that they hold at once,
    which is gigabytes out of a few hundred bytes."""
    if archive.getinfo(name).compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Refused(Reason.MISMATCH)
    with archive.open(name) as member:
        return member.read(100).decode("ascii", "replace").strip()
