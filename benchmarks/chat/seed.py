"""People for the product: visitors with tokens and conversations, agents who are signed in.

    python -m benchmarks.chat.seed VISITORS AGENTS > people.json

Written in bulk through the product's models. Every conversation is assigned, so that each message
has one agent to go to; that is far more than an agent's capacity, which routing alone looks at.
"""

import secrets
import sys
from importlib import import_module
from uuid import uuid4

import django
import orjson

django.setup()

# Models are there only after it.
from django.conf import settings  # noqa: E402
from django.contrib.auth import (  # noqa: E402
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)

from chat.models import VisitorToken  # noqa: E402
from chat.queries.visitors import hash_token  # noqa: E402
from helpdesk.accounts.models import Availability, Membership, Team, User  # noqa: E402
from tickets.models import Contact, Identity, Inbox, Ticket  # noqa: E402


def make_agent(number: int, team: Team) -> User:
    user = User.objects.create_user(
        f"agent{number}@bench.example", name=f"Agent {number}", availability=Availability.ONLINE
    )
    Membership.objects.create(team=team, user=user)
    return user


def sign_in(user: User) -> str:
    """A session as the sign-in page would leave it; its key."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def make_visitors(count: int, inbox: Inbox, agents: list[User]) -> list[tuple[str, str]]:
    """(token, ticket) of each; visitor n belongs to agent n % agents."""
    contacts = Contact.objects.bulk_create(
        [Contact(name=f"Visitor {n}", language="en") for n in range(count)]
    )
    identities = Identity.objects.bulk_create(
        [Identity(contact=contact, kind="visitor", address=str(uuid4())) for contact in contacts]
    )
    tickets = Ticket.objects.bulk_create(
        [
            Ticket(
                contact=identity.contact,
                identity=identity,
                inbox=inbox,
                team=inbox.team,
                assignee=agents[n % len(agents)],
            )
            for n, identity in enumerate(identities)
        ]
    )
    tokens = [secrets.token_urlsafe(32) for _ in range(count)]
    VisitorToken.objects.bulk_create(
        [
            VisitorToken(token_hash=hash_token(token), identity=identity, inbox=inbox)
            for token, identity in zip(tokens, identities, strict=True)
        ]
    )
    return [(token, str(ticket.public_id)) for token, ticket in zip(tokens, tickets, strict=True)]


def main(visitors: int, agents: int) -> None:
    team = Team.objects.create(name="Bench")
    inbox = Inbox.objects.create(name="Bench", team=team)
    users = [make_agent(n, team) for n in range(agents)]
    people = {
        "inbox": str(inbox.public_id),
        "agents": [{"id": user.pk, "session": sign_in(user)} for user in users],
        "visitors": make_visitors(visitors, inbox, users),
    }
    sys.stdout.buffer.write(orjson.dumps(people))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
