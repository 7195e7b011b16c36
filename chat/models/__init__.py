from chat.models.identity import Assertion, IdentityKey
from chat.models.invitation import Invitation, InvitationCount, InvitedTicket
from chat.models.notice import Transcript, UnreadNotice
from chat.models.privacy import ErasureRequest
from chat.models.visitor_token import VisitorToken

__all__ = [
    "Assertion",
    "ErasureRequest",
    "IdentityKey",
    "Invitation",
    "InvitationCount",
    "InvitedTicket",
    "Transcript",
    "UnreadNotice",
    "VisitorToken",
]
