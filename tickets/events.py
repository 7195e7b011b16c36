"""The news that tickets tells the apps above it; closed, typed, documented in docs/events.md."""

from helpdesk.realtime.bus import Event


class TicketStarted(Event):
    """A customer opened a ticket."""

    ticket_id: int


class TicketAssigned(Event):
    """A ticket has another assignee, or none."""

    ticket_id: int
    agent_id: int | None
    previous_agent_id: int | None


class TicketSolved(Event):
    """A ticket was solved, by an agent or by the customer ending the chat."""

    ticket_id: int


class TicketReopened(Event):
    """A solved ticket is open again."""

    ticket_id: int


class FirstReply(Event):
    """A person answered the customer for the first time."""

    ticket_id: int
    agent_id: int


class ContactErased(Event):
    """A person is being forgotten; whoever keeps words of his empties them."""

    contact_id: int
