from tickets.models.attachment import Attachment
from tickets.models.callback import Callback, CallbackState
from tickets.models.contact import Contact, Identity
from tickets.models.event import TicketEvent, TicketSeen
from tickets.models.inbox import Inbox
from tickets.models.message import AuthorKind, Message, MessageKind
from tickets.models.ticket import Label, Priority, Stage, Status, Ticket, Via

__all__ = [
    "Attachment",
    "AuthorKind",
    "Callback",
    "CallbackState",
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
    "Via",
]
