"""`manage.py demo` fills an empty database with the lamp shop Lumen & Oak."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from helpdesk.celery import app
from helpdesk.core import clock
from helpdesk.storefront.scenario import weeks
from helpdesk.storefront.scenario.counter import open_counter
from helpdesk.storefront.scenario.crowd import gather
from helpdesk.storefront.scenario.help import build_help_centre
from helpdesk.storefront.scenario.inviting import invite_visitors
from helpdesk.storefront.scenario.people import build_inbox, build_people, is_built
from tickets.models import Ticket


class Command(BaseCommand):
    help = "Makes the demo shop: people, help centre and five weeks of conversations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=7, help="another seed, another five weeks")

    def handle(self, *args: Any, **options: Any) -> None:
        if is_built():
            self.stdout.write("The demo shop is there already; nothing was changed.")
            return
        # All or nothing: a start that was killed on the way begins anew.
        with tasks_at_once(), transaction.atomic():
            build(random.Random(options["seed"]))  # noqa: S311  a story, not a secret
        self.stdout.write(f"The demo shop is ready: {Ticket.objects.count()} tickets.")


def build(chance: random.Random) -> None:
    now = clock.now().replace(microsecond=0)
    with clock.moved_to(now - timedelta(days=weeks.DAYS + 1)):
        people = build_people()
        inbox = build_inbox(people["admin"])
        open_counter(people["admin"], inbox)
        invite_visitors(people["admin"], inbox)
        build_help_centre(chance)
        crowd = gather(inbox, chance)
    weeks.play_weeks(now, crowd, people, chance)
    weeks.play_today(now, crowd, people, chance)


@contextmanager
def tasks_at_once() -> Iterator[None]:
    """The story has told its own news; the wake-ups it leaves would only busy the worker."""
    before = app.conf.task_always_eager
    app.conf.task_always_eager = True
    try:
        yield
    finally:
        app.conf.task_always_eager = before
