"""A conversation between the two screens, and the one promise that holds after whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from playwright.sync_api import expect

from tests.browser.screens import Agent, Visitor
from tests.browser.stack import Stack
from tests.browser.wire import Wire

_stories = count(1)
REPLIES = """
SELECT m.body FROM tickets_message m JOIN tickets_ticket t ON t.number = m.ticket_id
WHERE t.public_id = %s AND m.kind = 'reply' ORDER BY m.seq
"""
BY_REF = """
SELECT t.public_id::text, m.seq, m.body
FROM tickets_message m JOIN tickets_ticket t ON t.number = m.ticket_id WHERE m.ref = %s
"""


class Story:
    """Both have the same conversation open; every text in it is another."""

    def __init__(self, stack: Stack, visitor: Visitor, agent: Agent) -> None:
        self.stack, self.visitor, self.agent = stack, visitor, agent
        self._number = next(_stories)
        self._texts: Iterator[int] = count(1)
        first = self.text("visitor")
        visitor.start(first)
        agent.open(first)
        self.ticket = self.answers(visitor.wire)[0]["ticket"]

    def text(self, who: str) -> str:
        return f"Story {self._number}, {who}, line {next(self._texts)}"

    def visitor_writes(self) -> str:
        text = self.text("visitor")
        self.visitor.write(text)
        expect(self.visitor.bubbles.last).to_have_text(text)
        return text

    def agent_writes(self) -> str:
        text = self.text("agent")
        self.agent.write(text)
        expect(self.agent.bubbles.last).to_have_text(text)
        return text

    def wait_for_answers(self) -> None:
        """Until nothing that was written waits for its acknowledgement.

        An agent whose reply was overtaken by a message is asked to look first; he has looked.
        """
        overtaken = self.agent.page.get_by_role("button", name="Send anyway")
        expect(self.agent.sending).to_have_count(0)
        while overtaken.count():
            overtaken.first.click()
            expect(self.agent.sending).to_have_count(0)
        for writer in (self.visitor, self.agent):
            expect(writer.sending.or_(writer.failed)).to_have_count(0)

    def answers(self, wire: Wire) -> list[dict[str, object]]:
        return [ack for acks in wire.acks.values() for ack in acks]

    def check(self) -> None:
        """Every acknowledged message is in the database once, on both screens once, in order."""
        self.wait_for_answers()
        kept = [body for (body,) in self.stack.rows(REPLIES, self.ticket)]
        assert len(kept) == len(set(kept))
        for wire in (self.visitor.wire, self.agent.wire):
            assert not wire.unanswered
            for ack in self.answers(wire):
                rows = self.stack.rows(BY_REF, ack["ref"])
                assert rows == [(ack["ticket"], ack["seq"], wire.sent[str(ack["ref"])])]
        expect(self.visitor.bubbles).to_have_text(kept)
        expect(self.agent.bubbles).to_have_text(kept)
