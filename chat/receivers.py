"""What the chat does when it hears of a ticket's end."""

from chat.actions.invitations import note_solved
from helpdesk.realtime.bus import receive_after
from tickets.events import TicketSolved


def connect() -> None:
    receive_after(TicketSolved, count_solved)


def count_solved(event: TicketSolved) -> None:
    note_solved(event.ticket_id)
