"""Invitations as a shop's page gets them, and what came of each."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Sum

from chat.domain.invitations import Conditions
from chat.models import Invitation, InvitationCount
from helpdesk.core import clock
from tickets.models import Inbox

COUNTED_DAYS = 30
# A rate of fewer says more about chance than about the words.
ENOUGH_SHOWN = 20
_ID_DIGITS = 15


def rules_for(inbox: Inbox) -> list[dict[str, Any]]:
    """What the loader carries, the first to be tried first: [{id, hours, least, fits, ask}]. The
    words come when a rule has come true, see `texts_of`."""
    active = Invitation.objects.filter(inbox=inbox, is_active=True)
    return [
        {"id": one.pk, "hours": one.every_hours, **Conditions(**one.conditions).compact()}
        for one in active
    ]


def texts_of(inbox: Inbox, key: str) -> list[dict[str, str]]:
    """The variants of an active invitation of this inbox, each {language: text}; else none. `key`
    is a stranger's word for its id."""
    if not (key.isdecimal() and len(key) <= _ID_DIGITS):
        return []
    found = Invitation.objects.filter(pk=int(key), inbox=inbox, is_active=True)
    return [
        {language: text for language, text in variant.items() if language in inbox.languages}
        for texts in found.values_list("texts", flat=True)
        for variant in texts
    ]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one variant did in the last thirty days."""

    variant: int
    shown: int = 0
    accepted: int = 0
    chatted: int = 0
    solved: int = 0

    def rate(self, count: int) -> int | None:
        """Percent of those who were shown it; None while that would be chance."""
        return round(100 * count / self.shown) if self.shown >= ENOUGH_SHOWN else None


def outcomes_of(inbox: Inbox) -> dict[int, list[Outcome]]:
    """By invitation, in the order of the variants; one that did nothing is missing."""
    since = clock.now().date() - timedelta(days=COUNTED_DAYS)
    counts = InvitationCount.objects.filter(invitation__inbox=inbox, day__gt=since)
    numbers = [Sum(name) for name in ("shown", "accepted", "chatted", "solved")]
    summed = counts.values_list("invitation_id", "variant").annotate(*numbers)
    found: dict[int, list[Outcome]] = defaultdict(list)
    for invitation, variant, *sums in summed.order_by("invitation_id", "variant"):
        found[invitation].append(Outcome(variant, *sums))
    return found
