"""A shop's own server, which signs who its customer is, and a browser on its pages."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import jwt
from django.http import HttpResponse
from django.test import Client

from chat.models import IdentityKey
from chat.queries.visitors import fetch_visitor
from helpdesk.accounts.viewer import Visitor
from helpdesk.core import clock
from tickets.models import Inbox


def claims(key: IdentityKey, **changed: Any) -> dict[str, Any]:
    """A good set; a claim that is changed to None is left out."""
    expires = (clock.now() + timedelta(hours=1)).timestamp()
    whole = {"sub": "42", "aud": str(key.inbox.public_id), "exp": int(expires), **changed}
    return {name: value for name, value in whole.items() if value is not None}


def sign(
    key: IdentityKey,
    *,
    secret: str = "",
    kid: str | None = None,
    alg: str = "HS256",
    **changed: Any,
) -> str:
    return jwt.encode(
        claims(key, **changed),
        secret or (key.secret if alg != "none" else None),
        algorithm=alg,
        headers={"kid": key.kid if kid is None else kid},
    )


def in_hours(hours: float) -> int:
    return int((clock.now() + timedelta(hours=hours)).timestamp())


class Browser:
    """One browser on the shop's pages: a token at most, as the frame keeps it."""

    def __init__(self, inbox: Inbox, token: str = "") -> None:
        self.client = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
        self.inbox, self.token = inbox, token

    def ask(self, method: str, path: str, body: Any = None) -> HttpResponse:
        return self.client.generic(
            method,
            f"/widget/{self.inbox.public_id}/{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.token}", "Accept": "application/json"},
        )

    def identify(self, assertion: Any) -> HttpResponse:
        answer = self.ask("POST", "identify/", {"jwt": assertion})
        if answer.status_code == 200 and answer.json()["token"]:
            self.token = answer.json()["token"]
        return answer

    @property
    def viewer(self) -> Visitor:
        return fetch_visitor(self.token, str(self.inbox.public_id))[0]

    def history(self) -> list[str]:
        return sorted(row["last_preview"] for row in self.ask("GET", "boot/").json()["tickets"])

    def logout(self) -> HttpResponse:
        return self.ask("POST", "logout/")
