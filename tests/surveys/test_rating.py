"""The rating after a chat: offered once, answered by the right person, told to the team."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from helpdesk.core import clock
from helpdesk.core.errors import Closed, Invalid, NotFound, TooLong
from helpdesk.realtime.bus import deliver, due_rows
from helpdesk.realtime.entry import unpack_all
from helpdesk.realtime.models import LiveOutbox
from surveys.actions import answer, offer_survey
from surveys.models import Invitation
from surveys.queries import open_invitations_for
from tests import make
from tests.people import People
from tickets.actions.reopen import reopen
from tickets.actions.solve import solve
from tickets.models import Inbox, Message, TicketEvent
from tickets.queries.rows import TicketRow


@pytest.fixture
def chat(people: People) -> TicketRow:
    """Vera's chat, answered by Alice."""
    row = make.ticket(people.vera, "Hello", language="pl")
    make.reply(make.viewer(people.alice), row, "Hi")
    return row


def deliver_news() -> None:
    for row_id in due_rows():
        deliver(row_id)


def solved(people: People, row: TicketRow) -> Invitation:
    solve(make.viewer(people.alice), row.id)
    deliver_news()
    return Invitation.objects.get(ticket__public_id=row.id)


def events(row: TicketRow) -> list[Message]:
    return list(Message.objects.filter(ticket_id=row.number, event="rated").order_by("seq"))


def test_solving_offers_a_rating_to_the_visitor_alone(people: People, chat: TicketRow) -> None:
    invitation = solved(people, chat)
    entries = [e for r in LiveOutbox.objects.all() for e in unpack_all(bytes(r.body))]
    (entry,) = [e for e in entries if "survey.offered" in e.public]
    assert entry.topics == (f"visitor:{people.vera.identity}",)
    assert entry.staff == ""
    body = json.loads(entry.public)
    assert body["survey"]["id"] == str(invitation.public_id)
    assert body["survey"]["question"] == "Jak nam poszło?"
    assert [choice["value"] for choice in body["survey"]["choices"]] == [1, 2, 3, 4, 5]


def test_hearing_it_twice_offers_once(people: People, chat: TicketRow) -> None:
    solved(people, chat)
    LiveOutbox.objects.all().delete()
    offer_survey(chat.number)
    assert Invitation.objects.count() == 1
    assert not LiveOutbox.objects.exists()


def test_nobody_is_asked_about_a_chat_that_nobody_answered(people: People) -> None:
    row = make.ticket(people.vera)
    solve(people.vera, row.id)
    deliver_news()
    assert not Invitation.objects.exists()


def test_nobody_is_asked_about_mail(people: People, chat: TicketRow) -> None:
    Inbox.objects.update(kind="email")
    solve(make.viewer(people.alice), chat.id)
    deliver_news()
    assert not Invitation.objects.exists()


def test_second_solve_replaces_the_unanswered_question(people: People, chat: TicketRow) -> None:
    first = solved(people, chat)
    reopen(make.viewer(people.alice), chat.id)
    second = solved(people, chat)
    assert first.public_id != second.public_id
    assert [one["id"] for one in open_invitations_for(people.vera)] == [second.public_id]


def test_who_has_just_rated_is_left_in_peace(people: People, chat: TicketRow) -> None:
    answer(people.vera, solved(people, chat).public_id, score=5)
    reopen(make.viewer(people.alice), chat.id)
    solved(people, chat)
    assert open_invitations_for(people.vera) == []


def test_answer_is_told_to_the_team_and_kept_as_a_fact(people: People, chat: TicketRow) -> None:
    invitation = solved(people, chat)
    answer(people.vera, invitation.public_id, score=4, comment=" Quick! ")
    (event,) = events(chat)
    assert not event.is_public
    assert event.data == {"score": 4, "comment": "Quick!", "changed": False}
    assert TicketEvent.objects.filter(ticket_id=chat.number, name="rated").count() == 1
    assert open_invitations_for(people.vera) == []


def test_same_answer_twice_changes_nothing(people: People, chat: TicketRow) -> None:
    invitation = solved(people, chat)
    for _ in range(3):
        answer(people.vera, invitation.public_id, score=4, comment="Quick!")
    assert len(events(chat)) == 1


def test_answer_can_be_changed_for_a_day(people: People, chat: TicketRow) -> None:
    invitation = solved(people, chat)
    answer(people.vera, invitation.public_id, score=1)
    answer(people.vera, invitation.public_id, score=5)
    assert [event.data["changed"] for event in events(chat)] == [False, True]
    with clock.moved_to(clock.now() + timedelta(hours=25)):
        with pytest.raises(Closed):
            answer(people.vera, invitation.public_id, score=1)
        answer(people.vera, invitation.public_id, score=5)


def test_strangers_invitation_does_not_exist(people: People, chat: TicketRow) -> None:
    invitation = solved(people, chat)
    with pytest.raises(NotFound):
        answer(people.viktor, invitation.public_id, score=5)
    assert open_invitations_for(people.viktor) == []


@pytest.mark.parametrize("score", [0, 6, -1, True])
def test_score_is_one_to_five(people: People, chat: TicketRow, score: int) -> None:
    with pytest.raises(Invalid):
        answer(people.vera, solved(people, chat).public_id, score=score)


def test_comment_has_an_end(people: People, chat: TicketRow) -> None:
    invitation = solved(people, chat)
    answer(people.vera, invitation.public_id, score=3, comment="x" * 2000)
    with pytest.raises(TooLong):
        answer(people.vera, invitation.public_id, score=3, comment="x" * 2001)


def post(people: People, token: str, invitation: object, body: object) -> object:
    path = f"/widget/{people.inbox.public_id}/surveys/{invitation}/"
    headers = {"authorization": f"Bearer {token}"}
    return Client(enforce_csrf_checks=True).post(
        path, body, content_type="application/json", headers=headers
    )


def test_widget_answers_over_http(people: People, chat: TicketRow) -> None:
    invitation = solved(people, chat)
    done = post(people, people.vera_token, invitation.public_id, {"score": 5, "comment": "Super"})
    assert done.status_code == 200
    assert "zespołu" in done.json()["thanks"]
    invitation.refresh_from_db()
    assert (invitation.score, invitation.comment) == (5, "Super")


@pytest.mark.parametrize(
    ("token", "target", "body", "status"),
    [
        ("", "own", {"score": 5}, 401),
        ("forged", "own", {"score": 5}, 401),
        ("viktor", "own", {"score": 5}, 404),
        ("vera", "unknown", {"score": 5}, 404),
        ("vera", "own", {"score": "5"}, 400),
        ("vera", "own", {}, 400),
        ("vera", "own", {"score": 5, "comment": 7}, 400),
        ("vera", "own", [], 400),
    ],
)
def test_bad_requests_are_refused(
    people: People, chat: TicketRow, token: str, target: str, body: object, status: int
) -> None:
    tokens = {"vera": people.vera_token, "viktor": people.viktor_token}
    invitation = solved(people, chat)
    wanted = invitation.public_id if target == "own" else uuid4()
    assert post(people, tokens.get(token, token), wanted, body).status_code == status
    invitation.refresh_from_db()
    assert invitation.score is None


def test_boot_of_the_widget_carries_open_questions(people: People, chat: TicketRow) -> None:
    invitation = solved(people, chat)
    headers = {"authorization": f"Bearer {people.vera_token}"}
    boot = Client().get(f"/widget/{people.inbox.public_id}/boot/", headers=headers).json()
    (survey,) = boot["surveys"]
    assert survey["id"] == str(invitation.public_id)
    assert survey["ticket"] == str(chat.id)
