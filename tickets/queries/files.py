"""Files as a message shows them, and the addresses where they are fetched.

An address is signed and good for a week: an `<img>` inside the widget's frame sends neither cookie
nor token. Whoever is handed the body of a message is handed the addresses of its files with it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

from helpdesk.core import clock
from helpdesk.core.errors import NotFound
from tickets.models import Attachment

VALID_DAYS = 8
DAY = timedelta(days=1)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_signer = Signer(salt="tickets.files")

# In the order of FileRow's fields, as a JSON array: one value a file in any statement.
FILE_ARRAY = """json_build_array(a.id, a.public_id, a.name, a.media_type, a.size, a.width, a.height,
    a.preview <> '')"""
FILES_OF_MESSAGE = f"""(SELECT json_agg({FILE_ARRAY} ORDER BY a.id)
    FROM tickets_attachment a WHERE a.message_id = m.id)"""  # noqa: S608  our own constant


@dataclass(slots=True)
class FileRow:
    """A stored file; sizes in bytes and pixels. `number` is its key and never leaves the server."""

    number: int
    id: UUID
    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    has_preview: bool


def file_row(values: list[Any]) -> FileRow:
    """From a FILE_ARRAY."""
    number, public_id, *rest = values
    return FileRow(number, UUID(public_id), *rest)


def row_of(attachment: Attachment) -> FileRow:
    return FileRow(
        attachment.pk, attachment.public_id, attachment.name, attachment.media_type,
        attachment.size, attachment.width, attachment.height, bool(attachment.preview),
    )  # fmt: skip


def file_body(row: FileRow) -> dict[str, Any]:
    """The same for staff and for visitors."""
    key = _key(row.id)
    path = f"/files/{row.id}/"
    return {
        "id": row.id,
        "name": row.name,
        "media_type": row.media_type,
        "size": row.size,
        "width": row.width,
        "height": row.height,
        "url": f"{path}{quote(row.name, safe='')}?{key}",
        "preview_url": f"{path}preview/?{key}" if row.has_preview else None,
    }


def _key(file: UUID) -> str:
    """Until the end of a day, so that a picture keeps its address, and its place in the cache."""
    until = (clock.now() - BEGINNING) // DAY + VALID_DAYS
    return f"e={until}&s={_signer.signature(f'{file}:{until}')}"


def fetch_signed(file: UUID, until: str, signature: str) -> Attachment:
    """The file that an address of ours leads to. Raises NotFound: forged, expired or deleted."""
    is_ours = constant_time_compare(_signer.signature(f"{file}:{until}"), signature)
    if not is_ours or (clock.now() - BEGINNING) // DAY >= int(until):
        raise NotFound
    try:
        return Attachment.objects.get(public_id=file)
    except Attachment.DoesNotExist as error:
        raise NotFound from error
