"""How fast a visitor may write; one budget for all his sockets and requests in this process."""

from collections import OrderedDict, deque
from uuid import UUID

from django.conf import settings

from helpdesk.core.errors import TooMany

MESSAGES = settings.ENV.visitor_messages_per_10s
WINDOW_SECONDS = 10.0
REMEMBERED_REFS = 100
REMEMBERED_VISITORS = 20_000


class _Budget:
    __slots__ = ("refs", "times")

    def __init__(self) -> None:
        self.times: deque[float] = deque()
        self.refs: OrderedDict[UUID, None] = OrderedDict()


class MessageLimit:
    """Least recently used visitors are forgotten, so that memory stays bounded."""

    def __init__(self) -> None:
        self._budgets: OrderedDict[UUID, _Budget] = OrderedDict()

    def spend(self, visitor: UUID, ref: UUID, now: float) -> None:
        """Counts a message; a `ref` that was counted before is a retry and free. Raises TooMany."""
        budget = self._budgets.setdefault(visitor, _Budget())
        self._budgets.move_to_end(visitor)
        if len(self._budgets) > REMEMBERED_VISITORS:
            self._budgets.popitem(last=False)
        if ref in budget.refs:
            return
        while budget.times and budget.times[0] < now - WINDOW_SECONDS:
            budget.times.popleft()
        if len(budget.times) >= MESSAGES:
            raise TooMany
        budget.times.append(now)
        budget.refs[ref] = None
        if len(budget.refs) > REMEMBERED_REFS:
            budget.refs.popitem(last=False)


limit = MessageLimit()
