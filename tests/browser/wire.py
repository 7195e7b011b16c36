"""What a page said to the server and what it was answered, as it went over the wire."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page, Request, WebSocket


class Wire:
    """Sent messages by ref, and the answer to each: over sockets and over HTTP alike."""

    def __init__(self, page: Page) -> None:
        self.sent: dict[str, str] = {}
        self.acks: dict[str, list[dict[str, Any]]] = {}
        self.sockets = 0
        page.on("websocket", self._listen)
        page.on("request", self._sent_over_http)
        page.on("requestfinished", self._answered_over_http)

    @property
    def unanswered(self) -> set[str]:
        return self.sent.keys() - self.acks.keys()

    def _listen(self, socket: WebSocket) -> None:
        self.sockets += 1
        socket.on("framesent", lambda frame: self._said(json.loads(frame)))
        socket.on("framereceived", lambda frame: self._heard(json.loads(frame)))

    def _said(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "message.send":
            self.sent[frame["ref"]] = frame["body"]

    def _heard(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "ack":
            self.acks.setdefault(frame["ref"], []).append(frame)

    def _sent_over_http(self, request: Request) -> None:
        if request.url.endswith("/send"):
            for frame in request.post_data_json["frames"]:
                self._said(frame)

    def _answered_over_http(self, request: Request) -> None:
        if request.url.endswith("/send"):
            response = request.response()
            for answer in response.json()["answers"] if response and response.ok else []:
                self._heard(answer)
