"""What surveys does when it hears of a ticket's end, or of a person's wish to be forgotten."""

from helpdesk.realtime.bus import receive_after, receive_within
from surveys import actions
from tickets.events import ContactErased, TicketSolved


def connect() -> None:
    receive_after(TicketSolved, offer_after_solved)
    receive_within(ContactErased, forget_comments)


def offer_after_solved(event: TicketSolved) -> None:
    actions.offer_survey(event.ticket_id)


def forget_comments(event: ContactErased) -> None:
    actions.forget_comments(event.contact_id)
