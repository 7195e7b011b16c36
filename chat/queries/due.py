"""Mails whose moment has come."""

from chat.models import Transcript, UnreadNotice
from chat.models.attempt import Attempt
from helpdesk.core import clock

BATCH = 200


def due_unread() -> list[tuple[int, int]]:
    """(key, tries before), the longest due first."""
    return _due(UnreadNotice)


def due_transcripts() -> list[tuple[int, int]]:
    return _due(Transcript)


def _due(model: type[Attempt]) -> list[tuple[int, int]]:
    found = model._default_manager.filter(retry_at__lte=clock.now()).order_by("retry_at")
    return list(found.values_list("pk", "attempts")[:BATCH])
