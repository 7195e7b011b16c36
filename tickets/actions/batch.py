"""What the chat writer runs: a batch of posts in one transaction, announced right after it."""

from collections.abc import Sequence
from functools import partial

from django.db import transaction

from helpdesk.core.errors import DomainError
from helpdesk.realtime import outbox
from helpdesk.realtime.entry import Entry
from tickets.actions.post import Outcome, Post, Posted, post_batch


class PostWriter:
    """Keeps the outbox rows it has sent, and deletes them with its next batch's statement: one
    round trip and one commit a batch less."""

    def __init__(self) -> None:
        self._settled: list[int] = []

    def write(self, posts: Sequence[Post]) -> list[Posted | DomainError | None]:
        settled = list(self._settled)
        with transaction.atomic():
            outcomes: list[Outcome] = post_batch(posts, announce=partial(self._announce, settled))
        return outcomes

    def idle(self) -> None:
        if self._settled:
            outbox.settle(self._settled)
            self._settled.clear()

    def _announce(self, settled: list[int], entries: Sequence[Entry]) -> None:
        row_id = outbox.store(entries, settled)
        transaction.on_commit(partial(self._send, row_id, settled, entries))

    def _send(self, row_id: int, settled: list[int], entries: Sequence[Entry]) -> None:
        self._settled = [known for known in self._settled if known not in settled]
        if outbox.send(entries):
            self._settled.append(row_id)
