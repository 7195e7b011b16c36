"""Invitations on the server: which are stored, what a page gets of them, and what is counted."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pydantic import ValidationError

from chat.actions.invitations import (
    MOST_PER_INBOX,
    InvitationData,
    create_invitation,
    delete_invitation,
    move_invitation,
    note_solved,
    switch_invitation,
    update_invitation,
)
from chat.actions.start import start_conversation
from chat.domain.invitations import Conditions, Wording
from chat.models import Invitation, InvitationCount, InvitedTicket
from chat.queries.invitations import outcomes_of, rules_for
from helpdesk.core import clock
from helpdesk.core.errors import Invalid, NotAllowed
from helpdesk.realtime.frames import Invited, StartFields
from tests import make
from tests.chat.test_loader import load, script, settings_in, state
from tests.people import People
from tickets.actions.reopen import reopen
from tickets.actions.solve import solve
from tickets.actions.start import Start
from tickets.models import Inbox, Ticket

pytestmark = pytest.mark.django_db
TWO = [{"en": "A question?", "tr": "Soru?"}, {"en": "May we help?", "tr": "Buyurun?"}]


@pytest.fixture
def site() -> Client:
    return Client(HTTP_HOST="localhost", enforce_csrf_checks=True)


def data(name: str = "Lamps", *, texts: Any = None, **conditions: Any) -> InvitationData:
    asked = Conditions(**(conditions or {"seconds_on_page": 30}))
    return InvitationData(name, asked, Wording(texts=texts or TWO))


def invite(people: People, name: str = "Lamps", **rest: Any) -> Invitation:
    Inbox.objects.update(languages=["en", "tr"])
    people.inbox.refresh_from_db()
    return create_invitation(make.viewer(people.mona), people.inbox, data(name, **rest))


def tell(site: Client, inbox: Inbox, **what: Any) -> HttpResponse:
    """As `navigator.sendBeacon` does with a string."""
    path = f"/widget/{inbox.public_id}/invitations/"
    return site.post(path, json.dumps(what), content_type="text/plain;charset=UTF-8")


def counted() -> list[tuple[int, int, int, int, int, int]]:
    """(variant, shown, accepted, dismissed, chatted, solved) of each row."""
    columns = ("variant", "shown", "accepted", "dismissed", "chatted", "solved")
    return list(InvitationCount.objects.order_by("day", "variant").values_list(*columns))


def begin(people: People, invited: Invited | None) -> int:
    """A conversation of Vera's; the ticket's number."""
    start = Start(people.vera, uuid4(), "Hello")
    message = start_conversation(start, StartFields(invited=invited, name="Vera", email="v@x.pl"))
    return Ticket.objects.get(public_id=message.ticket).number


# ---- which rules there may be ----


@pytest.mark.parametrize(
    "conditions",
    [
        {},
        {"urls": ["*"]},
        {"returning": False},
        {"languages": ["en"], "stages": ["before"], "agents_available": True},
        {"utm": {"source": "news"}, "referrers": ["example"]},
        {"exit_intent": False},
    ],
)
def test_nobody_is_invited_on_arrival(conditions: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        Conditions(**conditions)
    assert [one["type"] for one in refused.value.errors()] == ["on_arrival"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"pages_seen": 1},
        {"seconds_on_page": 0},
        {"scroll_percent": 101},
        {"cart_value_min": 0},
        {"urls": ["checkout"]},
        {"urls": ["/a b"]},
        {"languages": ["de"]},
        {"stages": ["never"]},
        {"referrers": [" "]},
        {"utm": {"term": "lamp"}},
        {"moon": "full"},
    ],
)
def test_conditions_that_mean_nothing(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Conditions(**({"idle_seconds": 20} | wrong))


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [{}],
        [{"en": " "}],
        [{"en": "x" * 201}],
        [{"de": "Hallo"}],
        [{"en": "A"}, {"en": "B", "tr": "B"}],
        [{"en": "A"}] * 3,
    ],
)
def test_words_that_cannot_be_shown(texts: Any) -> None:
    with pytest.raises(ValidationError):
        Wording(texts=texts)


def test_what_is_stored_reads_back(people: People) -> None:
    asked = {"returning": True, "utm": {"source": "News"}, "urls": ["/ödeme*"]}
    stored = Invitation.objects.get(pk=invite(people, **asked).pk)
    assert stored.conditions == asked
    assert Conditions(**stored.conditions) == Conditions(**asked)
    assert stored.texts == TWO


def test_only_managers_make_them(people: People) -> None:
    made, agent = invite(people), make.viewer(people.alice)
    for refused in (
        lambda: create_invitation(agent, people.inbox, data()),
        lambda: update_invitation(agent, made, data("Other")),
        lambda: switch_invitation(agent, made, is_active=False),
        lambda: move_invitation(agent, made, by=1),
        lambda: delete_invitation(agent, made),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert Invitation.objects.get().name == "Lamps"


def test_there_is_an_end(people: People) -> None:
    for number in range(MOST_PER_INBOX):
        invite(people, str(number))
    with pytest.raises(Invalid):
        invite(people, "One more")


def test_moving(people: People) -> None:
    first, second, third = (invite(people, name) for name in "123")
    mona = make.viewer(people.mona)

    def order() -> list[str]:
        return list(Invitation.objects.values_list("name", flat=True))

    move_invitation(mona, third, by=-1)
    assert order() == ["1", "3", "2"]
    move_invitation(mona, first, by=1)
    assert order() == ["3", "1", "2"]
    move_invitation(mona, second, by=1)
    assert order() == ["3", "1", "2"]


# ---- what a page gets ----


def test_the_loader_carries_active_rules_without_words(site: Client, people: People) -> None:
    first = invite(people, seconds_on_page=3, urls=["/ödeme*"], agents_available=True)
    second = invite(
        people,
        exit_intent=True,
        returning=False,
        referrers=["Ex.com/Ö"],
        utm={"source": "A b~"},
        stages=["during"],
        within_opening_hours=True,
    )
    switch_invitation(make.viewer(people.mona), invite(people, "Off"), is_active=False)
    text = script(load(site, people.inbox.public_id))
    assert settings_in(text)["invitations"] == [
        {
            "id": first.pk,
            "hours": 24,
            "least": {"seconds": 5},
            "fits": [["path", "/%C3%B6deme*"]],
            "ask": ["free"],
        },
        {
            "id": second.pk,
            "hours": 24,
            "least": {"seconds": 5},
            "fits": [
                ["exit", "true"],
                ["returning", "false"],
                ["referrer", "*ex.com/%c3%96*"],
                ["query", "*&utm_source=a+b%7e&*"],
                ["stage", "during"],
            ],
            "ask": ["open"],
        },
    ]
    assert "A question?" not in text
    assert "sendBeacon" in text


def test_a_shop_that_does_not_invite_pays_nothing(site: Client, people: People) -> None:
    assert "sendBeacon" not in script(load(site, people.inbox.public_id))


def test_rules_cost_one_query(people: People) -> None:
    for name in "12345":
        invite(people, name)
    with CaptureQueriesContext(connection) as queries:
        assert len(rules_for(people.inbox)) == 5
    assert len(queries) == 1


def test_words_come_when_a_rule_has_come_true(site: Client, people: People) -> None:
    made = invite(people)
    Inbox.objects.update(languages=["en", "pl"])
    path = f"/widget/{people.inbox.public_id}/state.json"
    answer = site.get(path, {"k": "", "r": str(made.pk)})
    assert answer.json()["texts"] == [{"en": "A question?"}, {"en": "May we help?"}]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "texts" not in state(site, people)
    elsewhere = make.inbox(people.support)
    other = f"/widget/{elsewhere.public_id}/state.json"
    assert site.get(other, {"r": str(made.pk)}).json()["texts"] == []
    for strange in ("0", "-1", "x", "9" * 40, "٣", "\x00"):
        assert site.get(path, {"r": strange}).json()["texts"] == []
    switch_invitation(make.viewer(people.mona), made, is_active=False)
    assert site.get(path, {"r": str(made.pk)}).json()["texts"] == []


# ---- what a page tells ----


def test_what_a_page_tells_is_counted_by_day_and_variant(site: Client, people: People) -> None:
    made = invite(people)
    for variant, what in [(0, "shown"), (1, "shown"), (1, "shown"), (1, "accepted")]:
        answer = tell(site, people.inbox, id=made.pk, variant=variant, what=what)
        assert (answer.status_code, answer.content) == (204, b"")
        assert not answer.cookies
    assert counted() == [(0, 1, 0, 0, 0, 0), (1, 2, 1, 0, 0, 0)]
    with clock.moved_to(clock.now() + timedelta(days=1)):
        tell(site, people.inbox, id=made.pk, variant=0, what="dismissed")
    assert counted()[-1] == (0, 0, 0, 1, 0, 0)
    assert InvitationCount.objects.count() == 3


def test_what_is_not_ours_is_not_counted(site: Client, people: People) -> None:
    made = invite(people, texts=[{"en": "A question?"}])
    elsewhere = make.inbox(people.support)
    told = {"id": made.pk, "variant": 0, "what": "shown"}
    assert tell(site, elsewhere, **told).status_code == 204
    assert tell(site, people.inbox, **told | {"variant": 1}).status_code == 204
    assert tell(site, people.inbox, **told | {"id": 999}).status_code == 204
    assert tell(site, people.inbox, **told | {"id": 2**63}).status_code == 204
    for wrong in ({"what": "solved"}, {"what": "chatted"}, {"variant": 2}, {"id": "x"}, {"id": 0}):
        assert tell(site, people.inbox, **told | wrong).status_code == 400
    assert counted() == []
    Inbox.objects.filter(pk=elsewhere.pk).update(is_active=False)
    assert tell(site, elsewhere, **told).status_code == 404
    assert site.get(f"/widget/{people.inbox.public_id}/invitations/").status_code == 405


def test_nobody_tells_without_end(
    site: Client, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.views.invitations.TOLD_AN_HOUR", 2)
    made = invite(people)
    told = {"id": made.pk, "variant": 0, "what": "shown"}
    codes = [tell(site, people.inbox, **told).status_code for _ in range(4)]
    assert codes == [204, 204, 429, 429]
    assert counted() == [(0, 2, 0, 0, 0, 0)]


# ---- what comes of it ----


def test_a_conversation_carries_its_invitation(people: People) -> None:
    made = invite(people)
    ticket = begin(people, Invited(id=made.pk, variant=1))
    assert counted() == [(1, 0, 0, 0, 1, 0)]
    row = InvitedTicket.objects.get()
    assert (row.ticket_id, row.invitation_id, row.variant) == (ticket, made.pk, 1)
    begin(people, None)
    assert InvitedTicket.objects.count() == 1


def test_a_start_that_comes_twice_is_counted_once(people: People) -> None:
    made = invite(people)
    start = Start(people.vera, uuid4(), "Hello")
    fields = StartFields(invited=Invited(id=made.pk, variant=0), name="Vera", email="v@x.pl")
    assert start_conversation(start, fields).seq == start_conversation(start, fields).seq
    assert Ticket.objects.count() == 1
    assert counted() == [(0, 0, 0, 0, 1, 0)]


def test_a_forged_invitation_stops_no_conversation(people: People) -> None:
    made = invite(people, texts=[{"en": "A question?"}])
    elsewhere = create_invitation(
        make.viewer(people.mona), make.inbox(people.support), data(texts=TWO)
    )
    for forged in (
        Invited(id=elsewhere.pk, variant=0),
        Invited(id=made.pk, variant=1),
        Invited(id=10**30, variant=0),
    ):
        begin(people, forged)
    assert Ticket.objects.count() == 3
    assert counted() == []
    assert not InvitedTicket.objects.exists()


def test_solved_counts_once(people: People) -> None:
    """Through the event, and whatever happens to the conversation afterwards."""
    made, alice = invite(people), make.viewer(people.alice)
    number = begin(people, Invited(id=made.pk, variant=0))
    ticket = Ticket.objects.get(pk=number).public_id
    solve(alice, ticket)
    note_solved(number)
    note_solved(number)
    assert counted() == [(0, 0, 0, 0, 1, 1)]
    reopen(alice, ticket)
    solve(alice, ticket)
    note_solved(number)
    assert counted() == [(0, 0, 0, 0, 1, 1)]
    own = begin(people, None)
    note_solved(own)
    assert counted() == [(0, 0, 0, 0, 1, 1)]


def test_the_outcome_of_thirty_days(people: People) -> None:
    made = invite(people)
    today = clock.now().date()
    for days, variant, shown, accepted in [(0, 0, 60, 9), (29, 0, 20, 3), (30, 0, 500, 500)]:
        InvitationCount.objects.create(
            invitation=made,
            variant=variant,
            day=today - timedelta(days=days),
            shown=shown,
            accepted=accepted,
        )
    InvitationCount.objects.create(invitation=made, variant=1, day=today, shown=19, accepted=19)
    (often, seldom) = outcomes_of(people.inbox)[made.pk]
    assert (often.shown, often.accepted, often.rate(often.accepted)) == (80, 12, 15)
    assert seldom.rate(seldom.accepted) is None


def test_deleting_forgets_the_counts(people: People) -> None:
    made = invite(people)
    number = begin(people, Invited(id=made.pk, variant=0))
    delete_invitation(make.viewer(people.mona), made)
    assert not InvitationCount.objects.exists()
    note_solved(number)
    assert Ticket.objects.filter(pk=number).exists()
