"""How the shop receives its visitors: hours, other ways to reach it, what it asks before a chat."""

from helpdesk.accounts.actions import save_calendar
from helpdesk.accounts.models import Calendar
from helpdesk.accounts.viewer import Staff
from helpdesk.core import clock
from tickets.domain.chat_settings import (
    Absence,
    Channels,
    ChatSettings,
    Choice,
    Prechat,
    Question,
)
from tickets.models import Inbox

TOPICS = [
    ("order", {"en": "Order", "tr": "Sipariş", "pl": "Zamówienie"}),
    ("product", {"en": "Product", "tr": "Ürün", "pl": "Produkt"}),
    ("return", {"en": "Return", "tr": "İade", "pl": "Zwrot"}),
    ("other", {"en": "Something else", "tr": "Diğer", "pl": "Inne"}),
]
ABOUT = {"en": "What is it about?", "tr": "Konu nedir?", "pl": "Czego dotyczy sprawa?"}


def open_counter(admin: Staff, inbox: Inbox) -> None:
    inbox.calendar = _hours(admin)
    inbox.settings = _settings().model_dump(mode="json")
    inbox.save(update_fields=["calendar", "settings"])


def _hours(admin: Staff) -> Calendar:
    """Day and night, so that the shop can be tried at any hour; but not on New Year's Day."""
    holiday = {"date": f"{clock.now().year + 1}-01-01", "name": "New Year’s Day"}
    rules = {
        "time_zone": "Europe/Istanbul",
        "weekly": {str(day): [["00:00", "24:00"]] for day in range(7)},
        "exceptions": [holiday],
    }
    return save_calendar(admin, Calendar(), "Lumen & Oak", rules)


def _settings() -> ChatSettings:
    topics = [Choice(value=value, label=label) for value, label in TOPICS]
    return ChatSettings(
        prechat=Prechat(
            questions=[
                Question(key="name"),
                Question(key="email", kind="email"),
                Question(key="topic", kind="choice", label=ABOUT, choices=topics),
            ]
        ),
        channels=Channels(
            whatsapp="+48615550100", telegram="lumen_oak", email="help@lumen-oak.example"
        ),
        absence=Absence(reply_hours=4),
    )
