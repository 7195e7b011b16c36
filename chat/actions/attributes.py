"""What a page says of its visitor, unsigned: kept apart from what his shop has signed."""

from typing import Any

from chat.domain.attributes import clean_attributes, merged
from helpdesk.accounts.viewer import Visitor
from helpdesk.core.errors import Invalid
from helpdesk.core.retry import atomic_with_retry
from tickets.actions.identities import lock_contact


@atomic_with_retry
def keep_attributes(viewer: Visitor, given: Any) -> None:
    """Adds to what the page has said before; null takes a value away. Raises Invalid, Busy."""
    contact = lock_contact(viewer)
    try:
        said = merged(contact.attributes.get("page", {}), clean_attributes(given))
    except ValueError as error:
        raise Invalid(field="attributes") from error
    contact.attributes = {**contact.attributes, "page": said}
    contact.save(update_fields=["attributes"])
