"""Files on their way into a message: taken in, taken back, and swept when nobody sends them."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from io import SEEK_END, BytesIO
from typing import IO, Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.viewer import Staff, Visitor
from helpdesk.core import clock
from helpdesk.core.errors import Busy, FileRefused, NotAllowed, NotFound, TooMany
from helpdesk.core.rates import spend
from tickets.domain.files import Known, Reason, Refused, examine
from tickets.domain.pictures import Drawn, draw_anew
from tickets.models import Attachment, Contact, Inbox
from tickets.queries.files import FileRow, row_of

LIMIT_MB = settings.ENV.attachment_limit_mb
LIMIT = LIMIT_MB * 1024 * 1024
UNSENT = 20
UPLOADS_A_MINUTE = 40
KEPT_UNSENT = timedelta(hours=24)
SWEPT_AT_ONCE = 200
DRAWING_SECONDS = 20

TEXTS: dict[Reason, str | Promise] = {
    Reason.EMPTY: _("This file is empty."),
    Reason.TOO_BIG: _("This file is larger than %(limit)s MB."),
    Reason.TYPE: _(
        "Files of this type cannot be sent here. Pictures, PDF, text, Word, Excel, PowerPoint,"
        " OpenDocument, sound and video can."
    ),
    Reason.HEIC: _("HEIC pictures cannot be shown everywhere. Please send it as JPEG."),
    Reason.MISMATCH: _("What is in this file is not what its name says."),
    Reason.BROKEN: _("This file is damaged and cannot be read."),
    Reason.BOMB: _("This file unpacks to far more than it should."),
    Reason.MACROS: _("Documents with macros cannot be sent."),
    Reason.PIXELS: _("This picture has too many pixels. Please send a smaller one."),
}
# Drawing takes a second and some hundred megabytes for the largest: one at a time in a process.
_drawing = threading.BoundedSemaphore()


def store_file(viewer: Staff | Visitor, name: str, file: IO[bytes], size: int) -> FileRow:
    """An uploaded file, checked and kept until a message of the same person carries it.

    `file` can be sought in; `size` in bytes. Raises NotAllowed, TooMany, FileRefused, Busy.
    """
    _may_upload(viewer)
    _limit(viewer)
    try:
        known = examine(name, file, size, limit=LIMIT)
        if not known.is_picture:
            return row_of(_keep(viewer, known, file))
        drawn = _draw(file, known)
    except Refused as refused:
        text = str(TEXTS[refused.reason])
        raise FileRefused(text % {"limit": LIMIT_MB} if "%(" in text else text) from refused
    with drawn.file:
        return row_of(_keep(viewer, known, drawn.file, drawn))


def refuse_size() -> FileRefused:
    return FileRefused(str(TEXTS[Reason.TOO_BIG]) % {"limit": LIMIT_MB})


def discard_file(viewer: Staff | Visitor, file: UUID) -> None:
    """Takes back what has not been sent. Raises NotFound, also when it is somebody else's."""
    with transaction.atomic():
        unsent = Attachment.objects.select_for_update().filter(
            public_id=file, message=None, **_owner(viewer)
        )
        if not list(unsent):
            raise NotFound
        unsent.delete()


def sweep_unsent() -> int:
    """Deletes what nobody has sent within a day; how many. Harmless at any time."""
    swept = 0
    while True:
        with transaction.atomic():
            old = Attachment.objects.select_for_update(skip_locked=True).filter(
                message=None, created_at__lt=clock.now() - KEPT_UNSENT
            )
            found = [one.pk for one in old.order_by("pk")[:SWEPT_AT_ONCE]]
            Attachment.objects.filter(pk__in=found).delete()
        swept += len(found)
        if len(found) < SWEPT_AT_ONCE:
            return swept


def forget_stored(attachment: Attachment) -> None:
    """Its row is being deleted: what is stored goes with it, once that is certain."""
    for name in filter(None, (attachment.file.name, attachment.preview.name)):
        transaction.on_commit(partial(default_storage.delete, name))


def _may_upload(viewer: Staff | Visitor) -> None:
    if isinstance(viewer, Staff):
        viewer.must(Permission.REPLY)
        return
    inbox = Inbox.objects.only("settings").get(pk=viewer.inbox_id)
    is_blocked = Contact.objects.filter(pk=viewer.contact_id, blocked_at__isnull=False).exists()
    if is_blocked or not inbox.chat.conversation.attachments:
        raise NotAllowed


def _limit(viewer: Staff | Visitor) -> None:
    """Counted before anything is looked at, since looking is what costs."""
    who = f"u{viewer.user_id}" if isinstance(viewer, Staff) else f"i{viewer.identity_id}"
    spend(f"uploads:{who}", UPLOADS_A_MINUTE, 60)
    if Attachment.objects.filter(message=None, **_owner(viewer)).count() >= UNSENT:
        raise TooMany(_("Too many files are waiting to be sent. Send or remove some first."))


def _owner(viewer: Staff | Visitor) -> dict[str, Any]:
    if isinstance(viewer, Staff):
        return {"user_id": viewer.user_id}
    return {"identity_id": viewer.identity_id, "inbox_id": viewer.inbox_id}


def _draw(file: IO[bytes], known: Known) -> Drawn:
    with _my_turn():
        return draw_anew(file, known.media_type)


@contextmanager
def _my_turn() -> Iterator[None]:
    if not _drawing.acquire(timeout=DRAWING_SECONDS):
        raise Busy
    try:
        yield
    finally:
        _drawing.release()


def _keep(
    viewer: Staff | Visitor, known: Known, content: IO[bytes], drawn: Drawn | None = None
) -> Attachment:
    """The row comes first: should the process die in between, the sweep knows what to delete."""
    size = content.seek(0, SEEK_END)
    content.seek(0)
    digest = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]  # it can readinto
    stored = f"files/{clock.now():%Y/%m/%d}/{uuid4().hex}"
    attachment = Attachment.objects.create(
        **_owner(viewer), name=known.name, media_type=known.media_type,
        size=size, sha256=digest,
        width=drawn.width if drawn else None, height=drawn.height if drawn else None,
        file=stored, preview=f"{stored}.webp" if drawn else "",
    )  # fmt: skip
    content.seek(0)
    try:
        default_storage.save(stored, File(content))
        if drawn:
            default_storage.save(f"{stored}.webp", File(BytesIO(drawn.preview)))
    except BaseException:
        attachment.delete()
        raise
    return attachment
