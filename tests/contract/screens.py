"""Screens: a console showing a list and a conversation, and a widget."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.test import Client
from django.test.client import ClientHandler

from helpdesk.accounts.models import User
from helpdesk.accounts.viewer import Visitor, fetch_staff
from tickets.models import Inbox
from tickets.queries.grants import granted
from tickets.queries.topics import PRESENCE, agent_topic, ticket_topic, visitor_topic

OK, NOT_FOUND = 200, 404
_handler = ClientHandler(enforce_csrf_checks=False)


def new_client() -> Client:
    """All share one handler: each of its own would list the static files anew."""
    client = Client()
    client.handler = _handler
    return client


def signed_in(user: User) -> Client:
    client = new_client()
    client.force_login(user)
    return client


@dataclass
class Console:
    user: User
    view: str
    client: Client
    ticket: UUID | None = None

    def __str__(self) -> str:
        return f"{self.user.name}: {self.view}"

    def _get(self, path: str) -> Any:
        answer = self.client.get(f"/console/api/tickets/{path}")
        assert answer.status_code in {OK, NOT_FOUND}, answer.content
        return answer.json() if answer.status_code == OK else None

    def snapshot(self) -> Any:
        thread = self._get(f"{self.ticket}/") if self.ticket else None
        lists = self._get(f"?view={self.view}") or {
            "at": "",
            "rows": [],
            "next": None,
            "counts": {},
        }
        return {"list": lists, "thread": thread}

    def topics(self, snapshot: Any) -> set[str]:
        asked = {agent_topic(self.user.pk), PRESENCE, *snapshot["list"]["topics"]}
        if snapshot["thread"]:
            asked.add(ticket_topic(snapshot["thread"]["row"]["id"]))
        assert self.allowed(asked) == asked, "a screen asks only for what it may hear"
        return asked

    def allowed(self, topics: Iterable[str]) -> set[str]:
        viewer = fetch_staff(self.user.pk)
        return granted(viewer, topics) if viewer else set()

    def is_closed(self) -> bool:
        """Whoever is deactivated has lost his socket and may load nothing."""
        return fetch_staff(self.user.pk) is None

    def job(self) -> dict[str, Any]:
        return {"kind": "console", "me": self.user.pk, "view": self.view}


@dataclass
class Widget:
    viewer: Visitor
    token: str
    inbox: Inbox
    ticket: UUID
    client: Client = field(default_factory=new_client)

    def __str__(self) -> str:
        return f"widget of {self.viewer.identity}"

    def _get(self, path: str) -> Any:
        answer = self.client.get(
            f"/widget/{self.inbox.public_id}/{path}",
            headers={"Authorization": f"Bearer {self.token}"},
        )
        assert answer.status_code == OK, answer.content
        return answer.json()

    def snapshot(self) -> Any:
        return {"boot": self._get("boot/"), "thread": self._get(f"tickets/{self.ticket}/")}

    def topics(self, snapshot: Any) -> set[str]:
        return {visitor_topic(self.viewer.identity)}

    def allowed(self, topics: Iterable[str]) -> set[str]:
        return set(topics)

    def is_closed(self) -> bool:
        return False

    def job(self) -> dict[str, Any]:
        return {"kind": "widget", "ticket": str(self.ticket)}
