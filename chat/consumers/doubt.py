"""Is there no such thing, or is it only not his any more?"""

from uuid import UUID

from helpdesk.core.errors import DomainError
from helpdesk.realtime.session import Session


async def refuse_in_doubt(session: Session, error: DomainError, ref: UUID | None) -> None:
    """If his token has ended, the connection ends without an answer: whatever has none is said
    again on the next one, by whoever he is then."""
    await session.tend([session])
    Session.refuse(session, error, ref)
