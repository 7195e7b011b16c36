"""What surveys does when it hears of a ticket's end."""

from helpdesk.realtime.bus import receive_after
from surveys import actions
from tickets.events import TicketSolved


def connect() -> None:
    receive_after(TicketSolved, offer_after_solved)


def offer_after_solved(event: TicketSolved) -> None:
    actions.offer_survey(event.ticket_id)
