from tickets.models.contact import Contact, Identity
from tickets.models.event import TicketEvent, TicketSeen
from tickets.models.inbox import Inbox
from tickets.models.message import AuthorKind, Message, MessageKind
from tickets.models.ticket import Label, Priority, Stage, Status, Ticket

__all__ = [
    "AuthorKind",
    "Contact",
    "Identity",
    "Inbox",
    "Label",
    "Message",
    "MessageKind",
    "Priority",
    "Stage",
    "Status",
    "Ticket",
    "TicketEvent",
    "TicketSeen",
]
