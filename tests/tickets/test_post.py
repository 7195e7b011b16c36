"""Writing on a ticket: replies, notes, repeats, and refusals."""

from uuid import UUID, uuid4

import pytest
from django.conf import settings

from helpdesk.accounts.viewer import Staff, Visitor
from helpdesk.core import clock
from helpdesk.core.errors import (
    Closed,
    DomainError,
    Invalid,
    NewerExists,
    NotAllowed,
    NotFound,
    TooLong,
)
from tests import make
from tests.people import People
from tests.tickets.look import facts, last_fact, said, seqs, stored
from tickets.actions.body import clean_body
from tickets.actions.post import Outcome, Post, Posted, post_batch, post_message
from tickets.actions.solve import solve
from tickets.actions.triage import wait_for_customer
from tickets.models import Contact, Message, Ticket
from tickets.queries.rows import TicketRow


def post(viewer: Staff | Visitor, row: TicketRow, **fields: object) -> Post:
    values = {"ref": uuid4(), "body": "Hello", **fields}
    return Post(viewer, row.id, **values)  # type: ignore[arg-type]


def id_of(outcome: Outcome) -> UUID:
    assert isinstance(outcome, Posted)
    return outcome.message.id


def kinds(outcomes: list[Outcome]) -> list[type]:
    return [type(outcome) for outcome in outcomes]


def test_a_visitors_reply_moves_the_ticket_up(people: People, ticket: TicketRow) -> None:
    make.reply(make.viewer(people.alice), ticket)
    message = make.reply(people.vera, ticket, "  It is\n  dark ")
    found = stored(ticket)
    assert (message.seq, message.prev, message.body) == (4, 3, "  It is\n  dark ")
    assert (found.last_seq, found.last_public_seq) == (4, 4)
    assert (found.last_preview, found.last_public_preview) == ("It is dark", "It is dark")
    assert (found.last_author, found.last_kind) == ("contact", "reply")
    assert (found.inbound_count, found.outbound_count) == (2, 1)
    assert (found.contact_seen_seq, found.contact_seen_outbound) == (4, 1)
    assert found.waiting_since == message.created_at


def test_an_agents_first_reply_is_a_fact(people: People, ticket: TicketRow) -> None:
    alice = make.viewer(people.alice)
    first = make.reply(alice, ticket)
    make.reply(alice, ticket)
    found = stored(ticket)
    assert found.first_response_at == first.created_at
    assert found.waiting_since is None
    assert (found.agents_seen_seq, found.outbound_count) == (4, 2)
    assert facts(ticket) == ["started", "first_reply"]
    assert last_fact(ticket)[1:3] == ("agent", people.alice.pk)


def test_a_note_stays_with_the_team(people: People, ticket: TicketRow) -> None:
    before = stored(ticket)
    message = make.note(make.viewer(people.alice), ticket, "Call him")
    found = stored(ticket)
    assert (message.seq, message.is_public) == (3, False)
    assert (found.last_preview, found.last_kind) == ("Call him", "note")
    assert found.last_public_preview == before.last_public_preview
    assert (found.last_public_seq, found.last_public_at) == (2, before.last_public_at)
    assert found.waiting_since == before.waiting_since
    assert (found.outbound_count, found.first_response_at) == (0, None)
    following = make.reply(people.vera, ticket)
    assert (following.seq, following.prev) == (4, 2)


def test_a_customer_who_answers_opens_a_pending_ticket(people: People, ticket: TicketRow) -> None:
    alice = make.viewer(people.alice)
    wait_for_customer(alice, ticket.id)
    make.note(alice, ticket)
    make.reply(alice, ticket)
    assert stored(ticket).status == "pending"
    make.reply(people.vera, ticket)
    assert stored(ticket).status == "open"


def test_the_same_ref_fifty_times_is_one_message(people: People, ticket: TicketRow) -> None:
    ref = uuid4()
    one_batch = post_batch([post(people.vera, ticket, ref=ref, body=f"{n}") for n in range(25)])
    again = [post_message(post(people.vera, ticket, ref=ref, body="later")) for _ in range(25)]
    assert {id_of(outcome) for outcome in one_batch} | {message.id for message in again} == {
        again[0].id
    }
    assert {(m.seq, m.created_at, m.body) for m in again} == {(3, again[0].created_at, "0")}
    assert said(ticket) == ["started", "Where is my lamp?", "0"]


def test_a_ref_is_its_authors_own(people: People, ticket: TicketRow) -> None:
    ref = uuid4()
    alice, bob = make.viewer(people.alice), make.viewer(people.bob)
    secret = post_message(post(alice, ticket, ref=ref, body="secret", kind="note"))
    mine = post_message(post(people.vera, ticket, ref=ref, body="mine"))
    bobs = post_message(post(bob, ticket, ref=ref, body="bobs"))
    assert len({secret.id, mine.id, bobs.id}) == 3
    other = make.ticket(people.vera)
    assert post_message(post(people.vera, other, ref=ref)).ticket == other.id


def test_a_retry_gets_the_first_result_whatever_has_changed(
    people: People, ticket: TicketRow
) -> None:
    by_vera = post(people.vera, ticket)
    by_alice = post(make.viewer(people.alice), ticket, seen_seq=3)
    first, second = post_message(by_vera), post_message(by_alice)
    make.reply(people.vera, ticket)
    Ticket.objects.filter(pk=ticket.number).update(status="closed")
    Contact.objects.update(blocked_at=clock.now())
    by_alice.viewer = make.viewer(make.user())
    assert kinds(post_batch([by_alice])) == [NotFound]
    by_alice.viewer = make.viewer(people.alice)
    assert [id_of(one) for one in post_batch([by_vera, by_alice])] == [first.id, second.id]
    assert Message.objects.filter(ticket_id=ticket.number).count() == 5


def test_each_refusal_of_a_batch_stands_alone(people: People, ticket: TicketRow) -> None:
    closed, blocked = make.ticket(people.viktor), make.ticket(make.visitor(people.inbox)[0])
    Ticket.objects.filter(pk=closed.number).update(status="closed")
    Contact.objects.filter(pk=blocked.contact_id).update(blocked_at=clock.now())
    stranger = make.visitor(people.inbox)[0]
    blocked_one = Visitor(blocked.identity_id, blocked.identity, blocked.contact_id,
                          blocked.inbox_id, "")  # fmt: skip
    alice, unknown = make.viewer(people.alice), make.ticket(people.vera)
    unknown.id = uuid4()
    outcomes = post_batch(
        [
            post(people.vera, ticket, body="good"),
            post(people.viktor, closed),
            post(stranger, ticket),
            post(alice, closed, kind="note", body="good too"),
            post(people.vera, ticket, kind="note"),
            post(blocked_one, blocked),
            post(make.viewer(people.charlie), ticket),
            post(alice, ticket, seen_seq=2),
            post(people.vera, unknown),
            post(alice, ticket, body="last"),
        ]
    )
    assert kinds(outcomes) == [
        Posted, Closed, NotFound, Posted, NotAllowed,
        NotAllowed, NotFound, Posted, NotFound, Posted,
    ]  # fmt: skip
    assert said(ticket)[2:] == ["good", "Hello", "last"]
    assert said(closed)[2:] == ["(good too)"]
    assert seqs(ticket) == [1, 2, 3, 4, 5]


def test_two_who_answer_at_once_are_told(people: People, ticket: TicketRow) -> None:
    alice, bob = make.viewer(people.alice), make.viewer(people.bob)
    make.reply(bob, ticket, "I have it")
    with pytest.raises(NewerExists) as refused:
        post_message(post(alice, ticket, seen_seq=2))
    assert refused.value.details == {"seq": 3}
    post_message(post(alice, ticket, seen_seq=2, kind="note"))
    post_message(post(alice, ticket, seen_seq=3))
    post_message(post(alice, ticket, seen_seq=3, body="one's own is no news"))
    post_message(post(alice, ticket, body="a client that does not say"))


@pytest.mark.parametrize(("missing", "kind"), [("reply", "reply"), ("note", "note")])
def test_a_right_is_needed(people: People, ticket: TicketRow, missing: str, kind: str) -> None:
    viewer = make.without(make.viewer(people.alice), missing)
    with pytest.raises(NotAllowed):
        post_message(post(viewer, ticket, kind=kind))
    assert said(ticket) == ["started", "Where is my lamp?"]


@pytest.mark.parametrize(
    ("body", "error"),
    [("", Invalid), (" \n\t ", Invalid), ("\x00\u200b", Invalid), ("x" * 10_001, TooLong)],
)
def test_a_body_that_is_none(body: str, error: type[DomainError]) -> None:
    with pytest.raises(error):
        clean_body(body)


def test_a_body_may_have_ten_thousand_characters(people: People, ticket: TicketRow) -> None:
    assert settings.ENV.chat_body_limit == 10_000
    body = clean_body("ş" * 10_000)
    make.reply(people.vera, ticket, body)
    assert len(stored(ticket).last_preview) <= 160
    assert Message.objects.get(ticket_id=ticket.number, seq=3).body == body


def test_markup_stays_text_and_links_become_links(people: People, ticket: TicketRow) -> None:
    message = make.reply(people.vera, ticket, '<b onclick="x">https://shop.example/?a=1&b=2')
    assert "<b" not in message.html
    assert 'href="https://shop.example/?a=1&amp;b=2"' in message.html
    assert message.body.startswith("<b")


def test_solved_by_the_time_it_comes(people: People, ticket: TicketRow) -> None:
    solve(make.viewer(people.alice), ticket.id)
    assert kinds(post_batch([post(people.vera, ticket)])) == [Posted]
    assert stored(ticket).status == "open"
