"""One sample of every wire event: recorded from the product, with numbers that do not change."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from chat.actions.page import note_page
from chat.actions.presence import announce_agent, look
from chat.actions.typing import announce_typing
from helpdesk.core import clock
from helpdesk.realtime import bus, presence
from helpdesk.realtime.entry import Entry
from helpdesk.realtime.outbox import announce_access
from tests import make
from tests.people import People
from tickets.actions.announce_queue import announce_queue
from tickets.actions.assign import assign
from tickets.actions.erase import erase_tickets
from tickets.actions.seen import mark_seen
from tickets.actions.solve import solve
from tickets.models import Contact, Inbox
from tickets.queries.tickets import fetch_ticket_for

FOLDER = Path(__file__).parent / "events"
MOMENT = datetime(2026, 11, 25, 10, tzinfo=UTC)
UUID_TEXT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SIGNATURE = re.compile(r"^(/files/.*&s=)[\w-]{43}$")
KEYED_TOPIC = re.compile(r"^(agent|team|team:none):(\d+)$")
# Whose key an `id` is, by the name of what holds it.
KINDS = {"author": "agent", "assignee": "agent", "agent": "agent", "viewers": "agent",
         "who": "agent", "data": "agent", "team": "team"}  # fmt: skip
Sample = dict[str, Any]


def play(people: People) -> None:
    """A short day in which each event is said at least once. The clock stands still."""
    Inbox.objects.update(name="Lamp shop")
    Contact.objects.filter(pk=people.vera.contact_id).update(name="Vera")
    presence.renew(agents=[people.alice.pk])
    with clock.moved_to(MOMENT):
        alice = make.viewer(people.alice)
        ticket = make.ticket(people.vera, "See https://shop.example", language="en").id
        announce_queue()
        row = assign(alice, ticket, agent_id=people.alice.pk)
        announce_agent(people.alice.pk)
        look(alice, None, ticket, replying=True)
        note_page(people.vera, {"url": "https://shop.example/lamps", "title": "Lamps"})
        who = {"kind": "agent", "id": people.alice.pk, "name": people.alice.name}
        announce_typing(row, who, on=True, is_staff=True)
        article = make.article("Choosing a dimmer")
        make.full_reply(alice, row, "Is it plugged in?", article=article)
        mark_seen(alice, ticket, 5)
        mark_seen(people.vera, ticket, 5)
        assign(make.viewer(people.mona), ticket, agent_id=people.bob.pk)
        announce_access(people.alice.pk)
        solve(make.viewer(people.bob), fetch_ticket_for(alice, ticket).id)
        for due in bus.due_rows():
            bus.deliver(due)
        make.ticket(people.viktor, "My address is …")
        erase_tickets(make.viewer(people.mona), people.viktor.contact_id)


def samples(entries: list[Entry]) -> dict[str, Sample]:
    """By type; of several the one with most in it, which is the newest of the longest."""
    found: dict[str, tuple[int, Entry]] = {}
    for entry in entries:
        kind = orjson.loads(entry.staff or entry.public)["type"]
        weight = bool(entry.public) * 10_000 + len(entry.topics) * 1000 + _replies(entry)
        if kind not in found or weight > found[kind][0]:
            found[kind] = weight, entry
    return {kind: Steady().sample(entry) for kind, (_, entry) in sorted(found.items())}


def _replies(entry: Entry) -> int:
    """A reply shows more than an event does, and an agent's most."""
    message = orjson.loads(entry.staff or "{}").get("message") or {}
    return ["system", "contact", "agent"].index(message.get("author", {}).get("kind", "system"))


class Steady:
    """The same numbers in every run: UUIDs and keys are counted as they appear."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], int] = {}

    def sample(self, entry: Entry) -> Sample:
        return {
            "topics": [self._topic(topic) for topic in entry.topics],
            "keep": entry.keep,
            "access": self._text(entry.access),
            "staff": self._body(entry.staff),
            "public": self._body(entry.public),
        }

    def _body(self, text: str) -> Any:
        return self._value("", "", orjson.loads(text)) if text else None

    def _value(self, holder: str, name: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._value(name, key, one) for key, one in value.items()}
        if isinstance(value, list):
            return [self._value(holder, name, one) for one in value]
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, int) and name in {"id", "number", "by"}:
            return self._count(KINDS.get(holder, name), str(value))
        return value

    def _text(self, text: str) -> str:
        text = SIGNATURE.sub(r"\g<1>…", text)
        if re.fullmatch(r"user:\d+", text):
            return f"user:{self._count('agent', text.removeprefix('user:'))}"
        return UUID_TEXT.sub(lambda found: self._uuid(found[0]), text)

    def _topic(self, topic: str) -> str:
        if keyed := KEYED_TOPIC.match(topic):
            return f"{keyed[1]}:{self._count(keyed[1], keyed[2])}"
        return self._text(topic)

    def _uuid(self, text: str) -> str:
        return f"00000000-0000-4000-8000-{self._count('uuid', text):012x}"

    def _count(self, kind: str, value: str) -> int:
        known = [key for key in self._known if key[0] == kind]
        return self._known.setdefault((kind, value), len(known) + 1)
