"""Many pages and agents at once: each count is right, and deleting stops nobody's conversation."""

from functools import partial

import pytest

from chat.actions.invitations import count_told, delete_invitation, note_solved
from chat.models import Invitation, InvitationCount, InvitedTicket
from helpdesk.realtime.frames import Invited
from tests import make
from tests.chat.test_invitations import begin, counted, invite
from tests.people import People
from tests.races.threads import one_after_another, race
from tickets.models import Ticket

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_everything_is_counted_once(people: People) -> None:
    made = Invited(id=invite(people).pk, variant=0)
    ticket = begin(people, made)
    tell = one_after_another([partial(count_told, people.inbox, made, "shown")] * 10)
    race(*[tell] * 4, *[partial(note_solved, ticket)] * 4)
    assert counted() == [(0, 40, 0, 0, 1, 1)]


def test_deleting_stops_no_conversation(people: People) -> None:
    mona = make.viewer(people.mona)
    for _ in range(3):
        row = invite(people)
        made = Invited(id=row.pk, variant=0)
        solved = partial(note_solved, begin(people, made))
        talk = partial(begin, people, made)
        tell = partial(count_told, people.inbox, made, "shown")
        race(talk, tell, solved, partial(delete_invitation, mona, row), solved, tell)
    assert Ticket.objects.count() == 6
    for model in (Invitation, InvitationCount, InvitedTicket):
        assert not model.objects.exists()
