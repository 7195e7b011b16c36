"""Five weeks at the shop, and this morning."""

import random
from datetime import datetime, timedelta

from helpdesk.accounts.viewer import Staff
from helpdesk.storefront.scenario import play
from helpdesk.storefront.scenario.crowd import VOICES, Customer

DAYS = 35
SATURDAY = 5
WHO = {"en": ["tom", "tom", "maja"], "tr": ["deniz"], "pl": ["maja"]}
# Today, with room left for the reader's own chats:
# minutes ago, language, talk, agent, lines said, what then
TODAY = [
    (170, "en", "invoice", "tom", 1, "pending"),
    (140, "tr", "return", "deniz", 2, "unread"),
    (95, "en", "payment", "tom", 1, "read"),
    (60, "en", "refund", "tom", 2, "unread"),
    (50, "pl", "damaged", "maja", 2, "passed on"),
    (45, "pl", "delivery", "maja", 2, "unread"),
    (30, "tr", "warranty", "deniz", 1, "read"),
    (9, "en", "dimmer", "maja", 2, "passed on"),
]


def play_weeks(
    now: datetime, crowd: list[Customer], people: dict[str, Staff], chance: random.Random
) -> None:
    """The past, all of it solved, in the order of its beginnings."""
    for moment in _moments(now, chance):
        customer = chance.choice(crowd)
        talk = chance.choice(VOICES[customer.language].talks)
        agent = chance.choice(WHO[customer.language])
        stage = play.set_stage(talk, customer, moment, chance, people, agent)
        play.open_talk(stage)
        play.take(stage)
        play.go_on(stage)
        play.end(stage)


def play_today(
    now: datetime, crowd: list[Customer], people: dict[str, Staff], chance: random.Random
) -> None:
    """What is on the agents' screens when they sign in."""
    for minutes, language, label, agent, lines, then in TODAY:
        customer = chance.choice([one for one in crowd if one.language == language])
        talk = next(one for one in VOICES[language].talks if one.label == label)
        moment = now - timedelta(minutes=minutes)
        stage = play.set_stage(talk, customer, moment, chance, people, agent)
        play.open_talk(stage)
        play.take(stage)
        play.go_on(stage, lines)
        _leave(stage, then)


def _leave(stage: play.Stage, then: str) -> None:
    """How an unfinished conversation stands now."""
    if then != "unread":
        play.read_by_agent(stage)
    if then == "pending":
        play.leave_pending(stage)
    if then == "passed on":
        play.pass_on(stage)


def _moments(now: datetime, chance: random.Random) -> list[datetime]:
    """Two to four conversations a working day, one on most days of a weekend, in shop hours."""
    found = []
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    for days in range(DAYS, 0, -1):
        day = midnight - timedelta(days=days)
        count = chance.randint(0, 1) if day.weekday() >= SATURDAY else chance.randint(2, 4)
        seconds = sorted(chance.randint(7 * 3600, 15 * 3600) for _ in range(count))
        found += [day + timedelta(seconds=second) for second in seconds]
    return found
