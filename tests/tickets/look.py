"""What the database says of a ticket."""

from typing import Any

from tickets.models import Message, Ticket, TicketEvent
from tickets.queries.rows import TicketRow


def stored(row: TicketRow) -> Ticket:
    return Ticket.objects.get(pk=row.number)


def facts(row: TicketRow) -> list[str]:
    found = TicketEvent.objects.filter(ticket_id=row.number).order_by("pk")
    return list(found.values_list("name", flat=True))


def last_fact(row: TicketRow) -> tuple[str, str, int | None, dict[str, Any]]:
    event = TicketEvent.objects.filter(ticket_id=row.number).latest("pk")
    return event.name, event.actor_kind, event.actor_id, event.data


def said(row: TicketRow) -> list[str]:
    """Event names and bodies in order of `seq`, notes in brackets."""
    found = Message.objects.filter(ticket_id=row.number).order_by("seq")
    return [m.event or (f"({m.body})" if m.kind == "note" else m.body) for m in found]


def seqs(row: TicketRow) -> list[int]:
    found = Message.objects.filter(ticket_id=row.number).order_by("seq")
    return list(found.values_list("seq", flat=True))
