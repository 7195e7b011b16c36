"""The people of every story: an owner, a team mate, a stranger, a manager, and two visitors."""

from dataclasses import dataclass

from helpdesk.accounts.models import Team, User
from helpdesk.accounts.viewer import Visitor
from tests import make
from tickets.models import Inbox


@dataclass(frozen=True)
class People:
    """Alice and Bob are in the support team, Charlie in another; Mona manages."""

    support: Team
    sales: Team
    inbox: Inbox
    alice: User
    bob: User
    charlie: User
    mona: User
    vera: Visitor
    vera_token: str
    viktor: Visitor
    viktor_token: str


def gather() -> People:
    support, sales = make.team("Support"), make.team("Sales")
    inbox = make.inbox(support)
    vera, vera_token = make.visitor(inbox)
    viktor, viktor_token = make.visitor(inbox)
    return People(
        support=support,
        sales=sales,
        inbox=inbox,
        alice=make.user("Alice Adams", teams=(support,)),
        bob=make.user("Bob Brown", teams=(support,)),
        charlie=make.user("Charlie Clark", teams=(sales,)),
        mona=make.user("Mona Moore", role="manager"),
        vera=vera,
        vera_token=vera_token,
        viktor=viktor,
        viktor_token=viktor_token,
    )
