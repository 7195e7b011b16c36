"""Plays written conversations through the product's own actions, at the time they happened."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from helpdesk.accounts.models import Team
from helpdesk.accounts.viewer import Staff, Visitor
from helpdesk.core import clock
from helpdesk.realtime.bus import deliver, due_rows
from helpdesk.storefront.products import PRODUCTS
from helpdesk.storefront.scenario.crowd import VOICES, Customer
from helpdesk.storefront.scenario.script import Line, Talk
from surveys.actions import answer
from surveys.models import Invitation
from tickets.actions.assign import assign, transfer
from tickets.actions.post import Post, post_message
from tickets.actions.seen import mark_seen
from tickets.actions.solve import solve
from tickets.actions.start import Start, start_ticket
from tickets.actions.triage import set_labels, wait_for_customer
from tickets.models import MessageKind

SHOP = "https://shop.lumen-oak.example"
NOT_YET = UUID(int=0)
EXPERTS = {
    ("Returns", "en"): "deniz",
    ("Returns", "pl"): "zofia",
    ("Sales", "en"): "tom",
    ("Sales", "tr"): "kerem",
}


@dataclass(slots=True)
class Stage:
    """One conversation under way: `moment` moves on with each line."""

    talk: Talk
    customer: Customer
    moment: datetime
    chance: random.Random
    people: dict[str, Staff]
    agent: Staff
    ticket: UUID = NOT_YET
    last_seq: int = 0
    words: dict[str, str] = field(default_factory=dict)

    def later(self, low: int, high: int) -> None:
        self.moment += timedelta(seconds=self.chance.randint(low, high))

    def ref(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def say(self, line: Line) -> str:
        return line.text.format(**self.words)


def set_stage(
    talk: Talk,
    customer: Customer,
    moment: datetime,
    chance: random.Random,
    people: dict[str, Staff],
    agent: str,
) -> Stage:
    lamp = PRODUCTS[talk.page].name if talk.page in PRODUCTS else "Halo"
    words = {
        "order": f"LO-{chance.randint(40000, 59999)}",
        "lamp": lamp,
        "name": customer.first_name,
        "agent": people[agent].name.split(" ")[0],
    }
    return Stage(talk, customer, moment, chance, people, people[agent], words=words)


def open_talk(stage: Stage) -> None:
    """The customer's first line; nobody has taken it yet."""
    language = stage.customer.language
    path = f"lamps/{stage.talk.page}/" if stage.talk.page in PRODUCTS else f"{stage.talk.page}/"
    title = PRODUCTS[stage.talk.page].name if stage.talk.page in PRODUCTS else "Checkout"
    start = Start(
        viewer=stage.customer.viewer,
        ref=stage.ref(),
        body=stage.say(stage.talk.lines[0]),
        language=language,
        visit={"url": f"{SHOP}/{language}/{path}", "title": f"{title} · Lumen & Oak"},
    )
    with clock.moved_to(stage.moment):
        row, _message = start_ticket(start)
    stage.ticket = row.id


def take(stage: Stage) -> None:
    stage.later(15, 150)
    with clock.moved_to(stage.moment):
        assign(stage.agent, stage.ticket, agent_id=stage.agent.user_id, over_capacity=True)
        set_labels(stage.agent, stage.ticket, [stage.talk.label])


def go_on(stage: Stage, lines: int | None = None) -> None:
    """The next lines of the talk; None plays all of them."""
    for line in stage.talk.lines[1 : None if lines is None else lines + 1]:
        stage.later(20, 160)
        with clock.moved_to(stage.moment):
            _play(stage, line)


def _play(stage: Stage, line: Line) -> None:
    match line.who:
        case "customer":
            _post(stage, stage.customer.viewer, line)
        case "hand":
            _hand_over(stage, line)
        case "note":
            _post(stage, stage.agent, line, MessageKind.NOTE)
        case _:
            _post(stage, stage.agent, line)


def _post(stage: Stage, author: Staff | Visitor, line: Line, kind: str = MessageKind.REPLY) -> None:
    message = post_message(Post(author, stage.ticket, stage.ref(), stage.say(line), kind))
    stage.last_seq = message.seq


def _hand_over(stage: Stage, line: Line) -> None:
    team = Team.objects.get(name=line.to)
    transfer(stage.agent, stage.ticket, team_id=team.pk, note=line.text)
    language = stage.customer.language
    stage.agent = stage.people[EXPERTS.get((line.to, language), EXPERTS[line.to, "en"])]
    assign(stage.agent, stage.ticket, agent_id=stage.agent.user_id, over_capacity=True)


def pass_on(stage: Stage) -> None:
    """The talk's hand-over, but nobody of the other team is there yet."""
    stage.later(20, 90)
    line = next(line for line in stage.talk.lines if line.who == "hand")
    with clock.moved_to(stage.moment):
        team = Team.objects.get(name=line.to)
        transfer(stage.agent, stage.ticket, team_id=team.pk, note=line.text)


def read_by_agent(stage: Stage) -> None:
    with clock.moved_to(stage.moment):
        mark_seen(stage.agent, stage.ticket, stage.last_seq)


def leave_pending(stage: Stage) -> None:
    stage.later(60, 300)
    with clock.moved_to(stage.moment):
        wait_for_customer(stage.agent, stage.ticket)


def end(stage: Stage) -> None:
    """Solved by the agent or ended by the customer; three in five give a rating."""
    read_by_agent(stage)
    stage.later(40, 400)
    by = stage.customer.viewer if stage.chance.random() < 0.25 else stage.agent
    with clock.moved_to(stage.moment):
        mark_seen(stage.customer.viewer, stage.ticket, stage.last_seq)
        solve(by, stage.ticket)
        _spread_news()
    if stage.chance.random() < 0.6:
        _rate(stage)


def _spread_news() -> None:
    """What the worker would hear in a moment is heard at once, at the moment of the story."""
    for row_id in due_rows():
        deliver(row_id)


def _rate(stage: Stage) -> None:
    """Answers what the product has offered by itself."""
    invitation = Invitation.objects.filter(ticket__public_id=stage.ticket).first()
    if invitation is None:
        return
    score = stage.chance.choice(stage.talk.scores)
    voice = VOICES[stage.customer.language]
    comment = stage.chance.choice(voice.praise if score > 3 else voice.complaints)
    stage.later(10, 90)
    with clock.moved_to(stage.moment):
        answer(stage.customer.viewer, invitation.public_id, score=score, comment=comment)
