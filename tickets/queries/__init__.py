"""Every read; each begins with a viewer."""

from tickets.queries.tickets import fetch_ticket_for, tickets_for

__all__ = ["fetch_ticket_for", "tickets_for"]
