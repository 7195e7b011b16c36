"""What a visitor is told, on every path: an allow-list, and that no secret of the team is in it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.test import Client
from redis import Redis

from chat.actions.typing import announce_typing
from helpdesk.accounts.models import User
from helpdesk.core import clock
from helpdesk.core.clock import wire
from helpdesk.realtime import bus, presence
from helpdesk.realtime.memory import LogMemory
from helpdesk.realtime.position import ZERO
from surveys.actions import answer
from surveys.models import Invitation
from tests import make
from tests.contract.public import ANSWERS, EVENTS, check_event, check_message, paths, unexpected
from tests.contract.recording import Said, said_since
from tests.contract.screens import new_client
from tests.people import People
from tickets.actions.announce_queue import announce_queue
from tickets.actions.assign import assign, transfer
from tickets.actions.callbacks import finish_callback
from tickets.actions.reopen import reopen
from tickets.actions.seen import mark_seen
from tickets.actions.solve import solve
from tickets.actions.triage import set_labels, wait_for_customer
from tickets.models import Callback, Contact, Inbox, Ticket, TicketEvent
from tickets.queries.rows import TicketRow
from tickets.queries.tickets import fetch_ticket_for
from tickets.queries.topics import visitor_topic

SECRET = "cormorant"  # in everything that is the team's own
# Whatever the form before a chat and the list of channels may say.
ASKING = {
    "prechat": {
        "questions": [
            {"key": "topic", "kind": "choice", "required": True, "choices": [
                {"value": "order", "label": {"en": "Order"}}]}],
        "consent": {"text": {"en": "I agree."}},
    },
    "channels": {"telegram": "lamps"},
}  # fmt: skip
_kept: "dict[str, Told]" = {}
Committing = Callable[..., AbstractContextManager[object]]


@dataclass
class Told:
    """Everything Vera could get hold of."""

    said: Said
    topic: str
    answers: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def live(self) -> list[str]:
        return [entry.body_for(self.topic) for _, entry in self.said if self.topic in entry.topics]

    @property
    def replayed(self) -> list[str]:
        memory = LogMemory(1000)
        for stream_id, entry in self.said:
            memory.append(stream_id, entry)
        found = memory.since(ZERO, [self.topic])
        assert found is not None
        return [f"{{{body}" for _, body in found]

    @property
    def messages(self) -> list[Any]:
        pages = [*self.answers["thread"], *self.answers["messages"]]
        return [message for page in pages for message in page["messages"]]


def talk_behind_his_back(people: People, row: TicketRow) -> None:
    """All that the team does without the visitor; each leaves the secret somewhere."""
    alice, mona = make.viewer(people.alice), make.viewer(people.mona)
    make.note(alice, row, f"{SECRET} in a note")
    set_labels(alice, row.id, [f"{SECRET} label"])
    mark_seen(alice, row.id, 99)
    wait_for_customer(alice, row.id)
    transfer(alice, row.id, team_id=people.sales.pk, note=f"{SECRET} of the hand-over")
    transfer(mona, row.id, team_id=people.support.pk)
    assign(mona, row.id, agent_id=people.bob.pk)
    assign(mona, row.id, agent_id=None)
    assign(mona, row.id, agent_id=people.alice.pk)


def live_through_a_day(people: People) -> TicketRow:
    row = make.ticket(people.vera, "My lamp is dark", visit={"title": "Lamps", "url": "https://s"})
    alice, article = make.viewer(people.alice), make.article("Lamps")
    announce_queue()
    assign(alice, row.id, agent_id=people.alice.pk)
    callback = make.callback(people.vera, row)
    for n in range(30):
        if n % 3:
            make.reply(alice, row, f"Answer {n}")
        else:
            make.full_reply(alice, row, f"Answer {n}", article=article)
        make.reply(people.vera, row, f"Question {n}")
    mark_seen(people.vera, row.id, 9)
    finish_callback(alice, row.id, callback.pk, "done")
    talk_behind_his_back(people, row)
    who = {"kind": "agent", "id": people.alice.pk, "name": people.alice.name}
    announce_typing(fetch_ticket_for(alice, row.id), who, on=True, is_staff=True)
    him = {"kind": "contact", "id": None, "name": "Vera"}
    announce_typing(fetch_ticket_for(alice, row.id), him, on=True, is_staff=False, text=SECRET)
    solve(alice, row.id)
    deliver_all()
    answer(people.vera, Invitation.objects.get().public_id, score=4, comment="Fine")
    make.note(alice, row, f"{SECRET} after the end")
    reopen(alice, row.id)
    solve(alice, row.id)
    deliver_all()
    make.note(alice, row, f"{SECRET} last of all")
    unrated = make.ticket(people.vera, "One more")
    make.reply(alice, unrated)
    solve(alice, unrated.id)
    deliver_all()
    presence.renew(agents=[people.alice.pk])
    return row


def let_five_wait(people: People, row: TicketRow) -> None:
    """One after the other, so that there is something honest to say of the wait."""
    data = {"waited": 60, "queue": people.support.pk}
    TicketEvent.objects.bulk_create(
        TicketEvent(
            ticket_id=row.number, name="assigned", actor_kind="system", data=data,
            created_at=clock.now() - timedelta(minutes=2 * n),
        )
        for n in range(1, 6)
    )  # fmt: skip


def leave_something_in_everything(people: People, row: TicketRow) -> None:
    """For the copy of his data."""
    given = {"text": "I agree.", "inbox": "", "at": wire(clock.now())}
    contact = Contact.objects.filter(pk=people.vera.contact_id)
    contact.update(attributes={"page": {"plan": "gold"}}, consents=[given])
    answer = {"key": "topic", "label": "Topic", "value": "order", "text": "Order"}
    Ticket.objects.filter(pk=row.number).update(answers=[answer])
    Callback.objects.create(
        ticket_id=row.number, phone="0700", starts_at=row.created_at, ends_at=row.created_at,
        time_zone="UTC",
    )  # fmt: skip


def deliver_all() -> None:
    for due in bus.due_rows():
        bus.deliver(due)


def ask(people: People, row: TicketRow) -> dict[str, list[Any]]:
    client: Client = new_client()
    base = f"/widget/{people.inbox.public_id}/"
    headers = {"Authorization": f"Bearer {people.vera_token}"}

    def get(path: str) -> Any:
        response = client.get(base + path, headers=headers)
        assert response.status_code == 200, response.content
        return orjson.loads(response.content)

    ticket = f"tickets/{row.id}/"
    thread = get(ticket)
    older = get(f"{ticket}messages/?before={thread['messages'][0]['seq']}")
    ended = client.post(f"{base}{ticket}end/", content_type="application/json", headers=headers)
    waiting = make.ticket(people.vera, "And another thing")
    let_five_wait(people, waiting)
    leave_something_in_everything(people, row)
    address = {"email": "vera@example.com"}
    left = client.post(f"{base}contact/", address, content_type="application/json", headers=headers)
    asked = client.post(f"{base}erasure/", content_type="application/json", headers=headers)
    return {
        "boot": [get("boot/")],
        "thread": [thread, get(f"tickets/{waiting.id}/")],
        "queue": [get(f"tickets/{waiting.id}/queue/")],
        "messages": [older],
        "end": [orjson.loads(ended.content)],
        "contact": [orjson.loads(left.content)],
        "export": [get("export/")],
        "erasure": [orjson.loads(asked.content)],
    }


@pytest.fixture
def told(request: pytest.FixtureRequest, db: None) -> Told:
    """Lived through once: what was told is data, and no test changes it."""
    if "told" not in _kept:
        _kept["told"] = request.getfixturevalue("listen")
    return _kept["told"]


@pytest.fixture
def listen(
    people: People, redis_of_tests: Redis, django_capture_on_commit_callbacks: Committing
) -> Told:
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(name=f"{user.first_name} {SECRET.title()}")
    for team in (people.support, people.sales):
        team.name = f"{team.name} {SECRET}"
        team.save()
    Contact.objects.filter(pk=people.vera.contact_id).update(notes=SECRET, phone="0700")
    Inbox.objects.filter(pk=people.inbox.pk).update(settings=ASKING)
    for name in ("alice", "bob", "charlie", "mona"):
        getattr(people, name).refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        row = live_through_a_day(people)
    told = Told(said_since(redis_of_tests, ZERO), visitor_topic(people.vera.identity))
    with django_capture_on_commit_callbacks(execute=True):
        told.answers = ask(people, row)
    return told


def test_no_field_but_those_allowed(told: Told) -> None:
    for body in told.live:
        if body:
            check_event(orjson.loads(body))
    for name, bodies in told.answers.items():
        for body in bodies:
            assert unexpected(body, ANSWERS[name]) == set(), name
    for message in told.messages:
        check_message(message)


def test_the_allow_list_allows_nothing_that_is_not_there(told: Told) -> None:
    """So that a line is taken out with its field, and that all fields were looked at above."""
    for kind, allowed in EVENTS.items():
        bodies = [orjson.loads(body) for body in told.live if body]
        seen = set().union(*(paths(body) for body in bodies if body["type"] == kind))
        # The last is said to all of an inbox: tests/chat/test_settings_news.py.
        rare = {"row.assignee", "row.assignee.name", "message.event", "within_ms"}
        assert allowed - seen <= rare, kind
    for name, allowed in ANSWERS.items():
        seen = set().union(*(paths(body) for body in told.answers[name]))
        rare = {path for path in allowed if path.startswith(("articles", "wait", "prechat"))}
        missing = {
            path
            for path in allowed - seen - rare
            if not path.endswith(("event", "queue", "wait", "data.by"))
        }
        assert missing <= {"row.assignee", "tickets[].assignee"}, name


def test_no_secret_on_any_path(told: Told) -> None:
    everything = [*told.live, *told.replayed, orjson.dumps(told.answers).decode()]
    for text in everything:
        assert SECRET not in text.lower()
    staff = " ".join(entry.staff for _, entry in told.said).lower()
    assert staff.count(SECRET) > 20, "the secret was there to be found"


def test_a_staff_entry_is_never_handed_to_a_visitor(told: Told) -> None:
    for _, entry in told.said:
        kind = orjson.loads(entry.staff or entry.public)["type"]
        if entry.public:
            check_event(orjson.loads(entry.public))
        if kind in {"ticket.seen", "ticket.gone", "ticket.viewers", "ticket.visit", "agent.status"}:
            assert entry.public == ""
    assert told.replayed
    assert len(told.replayed) == len(
        [1 for _, entry in told.said if told.topic in entry.topics and entry.public and entry.keep]
    )


def test_the_preview_is_the_last_public_word(told: Told) -> None:
    (boot,) = told.answers["boot"]
    previews = {row["last_preview"] for row in boot["tickets"]}
    assert previews == {"Question 29", "A reply", "And another thing"}


def test_history_reaches_the_beginning_and_has_no_hole(told: Told) -> None:
    thread, older = told.answers["thread"][0], told.answers["messages"][0]
    messages = [*older["messages"], *thread["messages"]]
    assert not older["more"]
    assert [m["prev"] for m in messages] == [0, *[m["seq"] for m in messages[:-1]]]
    assert messages[0]["body"] == "My lamp is dark"


def test_no_integer_key_leaves_the_server(told: Told) -> None:
    for bodies in told.answers.values():
        for body in bodies:
            assert not {path for path in paths(body) if path.split(".")[-1] in {"number", "pk"}}
    for message in told.messages:
        assert set(message["author"]) == {"kind", "name"}
