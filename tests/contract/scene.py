"""A moment at work: some tickets, and the screens of those who look on."""

from dataclasses import dataclass

from helpdesk.accounts.models import User
from helpdesk.accounts.viewer import Staff
from tests import make
from tests.contract.screens import Console, Widget, signed_in
from tests.people import People
from tickets.actions.assign import assign
from tickets.models import Ticket
from tickets.queries.rows import TicketRow


@dataclass
class Scene:
    """`ticket` is Vera's and is what actions are about; the others stand around it."""

    people: People
    ticket: TicketRow
    others: list[TicketRow]

    @property
    def alice(self) -> Staff:
        return make.viewer(self.people.alice)

    @property
    def bob(self) -> Staff:
        return make.viewer(self.people.bob)

    @property
    def charlie(self) -> Staff:
        return make.viewer(self.people.charlie)

    @property
    def mona(self) -> Staff:
        return make.viewer(self.people.mona)

    def give(self, agent: User, ticket: TicketRow | None = None) -> None:
        assign(self.mona, (ticket or self.ticket).id, agent_id=agent.pk)

    def without_team(self) -> None:
        Ticket.objects.filter(pk=self.ticket.number).update(team=None)

    def screens(self) -> list[Console | Widget]:
        people, ticket = self.people, self.ticket.id
        alice, bob, charlie, mona = people.alice, people.bob, people.charlie, people.mona
        support, sales = f"team-{people.support.pk}", f"team-{people.sales.pk}"
        shown = [
            (alice, "mine", ticket), (alice, "unassigned", None),
            (bob, "all", None), (bob, support, None),
            (charlie, "all", ticket), (charlie, sales, None),
            (mona, "all", ticket), (mona, "solved", None),
        ]  # fmt: skip
        clients = {user.pk: signed_in(user) for user in (alice, bob, charlie, mona)}
        return [
            *(Console(user, view, clients[user.pk], opened) for user, view, opened in shown),
            Widget(people.vera, people.vera_token, people.inbox, ticket),
            Widget(people.viktor, people.viktor_token, people.inbox, self.others[0].id),
        ]


def set_scene(people: People) -> Scene:
    others = [make.ticket(people.viktor, f"Other {number}") for number in range(2)]
    scene = Scene(people, make.ticket(people.vera, "Where is my lamp?"), others)
    scene.give(people.bob, others[1])
    return scene
