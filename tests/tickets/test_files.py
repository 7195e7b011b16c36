"""Files of messages: who may attach what, once, and what becomes of those that nobody sends."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpdesk.accounts.viewer import Staff, Visitor
from helpdesk.core import clock
from helpdesk.core.errors import Invalid, NotAllowed, NotFound, TooMany
from tests import make
from tests.people import People
from tests.tickets.look import said, stored
from tickets.actions import files as actions
from tickets.actions.extras import extras_for
from tickets.actions.files import discard_file, sweep_unsent
from tickets.actions.post import Post, Posted, post_batch, post_message
from tickets.actions.start import Start, start_ticket
from tickets.models import Attachment, Message, Ticket
from tickets.queries.bodies import public_message, staff_message
from tickets.queries.messages import page_before
from tickets.queries.rows import TicketRow

Committing = Callable[..., AbstractContextManager[object]]


def on_disk() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def _own_media(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def post(viewer: Staff | Visitor, row: TicketRow, *files: UUID, **fields: object) -> Post:
    values = {"ref": uuid4(), "body": "", "attachments": files, **fields}
    return Post(viewer, row.id, **values)


def attached(message: UUID) -> list[str]:
    rows = Attachment.objects.filter(message__public_id=message).order_by("pk")
    return [row.name for row in rows]


def test_files_go_with_the_message(people: People, ticket: TicketRow) -> None:
    first = make.file(people.vera, "a.txt")
    second = make.file(people.vera, "lamp.png", make.picture())
    message = post_message(post(people.vera, ticket, second.id, first.id, first.id))
    assert attached(message.id) == ["a.txt", "lamp.png"]
    assert stored(ticket).last_preview == stored(ticket).last_public_preview == "📎 a.txt, lamp.png"
    (*_, shown), _more = page_before(ticket, None, public=True)
    assert shown == public_message(message)
    assert [file["name"] for file in staff_message(message)["files"]] == ["a.txt", "lamp.png"]
    assert (
        shown["files"][1].items() >= {"width": 32, "height": 24, "media_type": "image/png"}.items()
    )


def test_a_start_may_have_files_and_no_words(people: People) -> None:
    file = make.file(people.vera)
    start = Start(people.vera, uuid4(), "", attachments=[file.id])
    row, message = start_ticket(start)
    assert attached(message.id) == ["notes.txt"]
    assert start_ticket(start)[1].id == message.id
    with pytest.raises(Invalid):
        start_ticket(Start(people.vera, uuid4(), "again", attachments=[file.id]))
    assert Ticket.objects.count() == 1
    assert row.last_public_preview == "📎 notes.txt"


def test_a_retry_gets_the_message_with_its_files(people: People, ticket: TicketRow) -> None:
    file = make.file(people.vera)
    first = post(people.vera, ticket, file.id)
    message = post_message(first)
    assert post_message(first).id == message.id
    twice = post(people.vera, ticket, make.file(people.vera, "b.txt").id)
    outcomes = post_batch([twice, twice])
    assert {one.message.id for one in outcomes if isinstance(one, Posted)} == {
        Message.objects.get(ref=twice.ref).public_id
    }


def test_whose_file_it_is(people: People, ticket: TicketRow) -> None:
    """Another visitor's, another inbox's, another agent's, one sent before, one that is none."""
    alice, bob = make.viewer(people.alice), make.viewer(people.bob)
    elsewhere = make.visitor(make.inbox(people.support))[0]
    sent = make.file(people.vera)
    post_message(post(people.vera, ticket, sent.id))
    mine = make.file(people.vera)
    for viewer, file in [
        (people.vera, make.file(people.viktor)),
        (people.vera, make.file(elsewhere)),
        (people.vera, make.file(alice)),
        (people.vera, sent),
        (alice, make.file(bob)),
        (alice, mine),
    ]:
        (outcome,) = post_batch([post(viewer, ticket, mine.id, file.id, body="x")])
        assert isinstance(outcome, Invalid), file
        assert outcome.details == {"field": "attachments"}
    with pytest.raises(Invalid):
        post_message(post(people.vera, ticket, uuid4()))
    good, bad = post(people.vera, ticket, mine.id), post(people.vera, ticket, mine.id)
    outcomes = post_batch([good, bad])
    assert [type(one) for one in outcomes] == [Posted, Invalid]
    assert Attachment.objects.filter(message__ticket_id=ticket.number).count() == 2


def test_the_same_number_of_statements_for_any_number_of_files(people: People) -> None:
    def cost(number: int) -> int:
        rows = [make.ticket(people.vera) for _ in range(number)]
        posts = [post(people.vera, row, make.file(people.vera).id) for row in rows]
        with CaptureQueriesContext(connection) as captured:
            post_batch(posts)
        return len([one for one in captured if "SAVEPOINT" not in one["sql"]])

    assert cost(1) == cost(10) == 6 + 2, "what a visitor's post costs, a lock and a hand-over"


def test_agents_send_quick_replies_and_articles(people: People, ticket: TicketRow) -> None:
    alice = make.viewer(people.alice)
    article = make.article("Choosing a dimmer")
    data = extras_for(alice, ticket.id, choices=[" Yes ", "No", "Yes"], article=article).as_data()
    message = post_message(post(alice, ticket, data=data, body=""))
    shown = public_message(message)
    assert shown["choices"] == [{"value": "1", "label": "Yes"}, {"value": "2", "label": "No"}]
    assert shown["article"] == {
        "title": "Choosing a dimmer", "slug": "choosing-a-dimmer", "minutes": 1,
        "url": "/help/en/choosing-a-dimmer/",
    }  # fmt: skip
    assert stored(ticket).last_public_preview == "Choosing a dimmer"
    (*_, page), _more = page_before(ticket, None, public=True)
    assert page == shown


def test_who_may_send_no_extras(people: People, ticket: TicketRow) -> None:
    alice, charlie = make.viewer(people.alice), make.viewer(people.charlie)
    choices = extras_for(alice, ticket.id, choices=["Yes"]).as_data()
    by_visitor = post(people.vera, ticket, body="x", data=choices)
    note = post(alice, ticket, body="x", kind="note", data=choices)
    outcomes = post_batch([by_visitor, note])
    assert [type(one) for one in outcomes] == [NotAllowed, Invalid]
    with pytest.raises(NotFound):
        extras_for(charlie, ticket.id, choices=["Yes"])
    with pytest.raises(NotFound):
        extras_for(alice, ticket.id, article="no-such-article")
    for wrong in (["1", "2", "3", "4", "5", "6"], ["\u200b"], ["x" * 81]):
        with pytest.raises(Invalid):
            extras_for(alice, ticket.id, choices=wrong)
    assert said(ticket) == ["started", "Where is my lamp?"]


def test_who_may_upload(people: People) -> None:
    with pytest.raises(NotAllowed):
        make.file(make.without(make.viewer(people.alice), "reply"))
    people.inbox.settings = {"conversation": {"attachments": False}}
    people.inbox.save()
    with pytest.raises(NotAllowed):
        make.file(people.vera)
    assert make.file(make.viewer(people.alice)).name == "notes.txt"
    assert len(on_disk()) == 1


def test_only_so_many_wait(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "UNSENT", 2)
    waiting = [make.file(people.vera), make.file(people.vera)]
    with pytest.raises(TooMany):
        make.file(people.vera)
    make.file(people.viktor)
    discard_file(people.vera, waiting[0].id)
    make.file(people.vera)
    assert Attachment.objects.count() == 3


def test_only_so_many_a_minute(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "UPLOADS_A_MINUTE", 1)
    make.file(people.vera)
    with pytest.raises(TooMany):
        make.file(people.vera)
    make.file(make.viewer(people.alice))


def test_what_is_taken_back_is_gone(
    people: People, ticket: TicketRow, django_capture_on_commit_callbacks: Committing
) -> None:
    file = make.file(people.vera, "lamp.png", make.picture())
    assert len(on_disk()) == 2, "the picture and its preview"
    for other in (people.viktor, make.viewer(people.alice)):
        with pytest.raises(NotFound):
            discard_file(other, file.id)
    with django_capture_on_commit_callbacks(execute=True):
        discard_file(people.vera, file.id)
    assert on_disk() == set()
    sent = make.file(people.vera)
    post_message(post(people.vera, ticket, sent.id))
    with pytest.raises(NotFound):
        discard_file(people.vera, sent.id)


def test_what_nobody_sends_is_swept(
    people: People, ticket: TicketRow, django_capture_on_commit_callbacks: Committing
) -> None:
    old, sent = make.file(people.vera), make.file(people.vera)
    post_message(post(people.vera, ticket, sent.id))
    yesterday = clock.now() - timedelta(hours=25)
    Attachment.objects.update(created_at=yesterday)
    fresh = make.file(people.vera)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_unsent() == 1
        assert sweep_unsent() == 0
    assert {row.public_id for row in Attachment.objects.all()} == {sent.id, fresh.id}
    assert not Attachment.objects.filter(public_id=old.id).exists()
    assert len(on_disk()) == 2


def test_a_deleted_ticket_leaves_nothing_on_disk(
    people: People, ticket: TicketRow, django_capture_on_commit_callbacks: Committing
) -> None:
    post_message(post(people.vera, ticket, make.file(people.vera).id))
    with django_capture_on_commit_callbacks(execute=True):
        Ticket.objects.filter(pk=ticket.number).delete()
    assert Attachment.objects.count() == 0
    assert on_disk() == set()


def test_a_full_disk_leaves_no_row(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(actions.default_storage, "save", full)
    with pytest.raises(OSError, match="No space"):
        make.file(people.vera)
    assert Attachment.objects.count() == 0
