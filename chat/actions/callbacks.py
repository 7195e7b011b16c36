"""A visitor says who he is and when to call him."""

from chat.actions.visitors import introduce
from helpdesk.core.retry import atomic_with_retry
from tickets.actions.callbacks import Wish, request_callback
from tickets.actions.identities import lock_contact
from tickets.models import Callback
from tickets.queries.rows import TicketRow


@atomic_with_retry
def ask_for_call(wish: Wish, name: str) -> tuple[TicketRow, Callback]:
    """Both are kept, or neither. Raises what `request_callback` raises."""
    lock_contact(wish.viewer)
    introduce(wish.viewer.contact_id, name=name, language=wish.language)
    return request_callback(wish)
