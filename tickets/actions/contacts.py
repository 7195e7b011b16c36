"""What a changed contact means for his tickets, which show his name."""

from helpdesk.core.retry import atomic_with_retry
from tickets.actions.record import Change, lock_rows, record

LIMIT = 50
NEWEST = "SELECT number FROM tickets_ticket WHERE contact_id = %s ORDER BY number DESC LIMIT %s"


@atomic_with_retry
def announce_contact(contact_id: int) -> None:
    """His newest tickets say his name as it is now."""
    rows = lock_rows(f"t.number IN ({NEWEST})", [contact_id, LIMIT])
    if rows:
        record(Change(touched=rows))
