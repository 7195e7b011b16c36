"""The panel beside a thread: who the customer is and what was with him before."""

from typing import Any

from django.db.models import Exists, OuterRef

from helpdesk.accounts.viewer import Staff
from tickets.models import Identity, Ticket
from tickets.queries.callbacks import callbacks_of
from tickets.queries.rows import TicketRow
from tickets.queries.tickets import tickets_for

HISTORY = 10


def contact_panel(row: TicketRow) -> dict[str, Any]:
    vouched = Identity.objects.filter(contact=OuterRef("contact"), verified_at__isnull=False)
    asked = Ticket.objects.select_related("contact").annotate(is_verified=Exists(vouched))
    ticket = asked.get(pk=row.number)
    contact = ticket.contact
    return {
        "contact": {
            "id": contact.public_id,
            "name": contact.display_name,
            "email": contact.email,
            "phone": contact.phone,
            "language": contact.language,
            "time_zone": contact.time_zone,
            "notes": contact.notes,
            "verified": ticket.is_verified,
            "attributes": [
                {"key": key, "value": value, "signed": source == "signed"}
                for source in ("signed", "page")
                for key, value in sorted(contact.attributes.get(source, {}).items())
            ],
            "consents": [one for one in contact.consents if one["inbox"] == str(row.inbox)],
        },
        "visit": ticket.visit or None,
        "answers": ticket.answers,
        "callbacks": callbacks_of(row),
    }


def history(viewer: Staff, row: TicketRow) -> list[TicketRow]:
    """The contact's other tickets that this viewer may see, newest first."""
    return tickets_for(
        viewer,
        "t.contact_id = %s AND t.number <> %s",
        [row.contact_id, row.number],
        tail=f"ORDER BY t.last_at DESC LIMIT {HISTORY}",
    )
