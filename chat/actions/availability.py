"""An agent says that he can take chats, or that he cannot."""

from chat.actions.presence import announce_agent
from helpdesk.accounts.actions import set_availability
from helpdesk.accounts.viewer import Staff
from tickets.actions.route import route_waiting


def change_availability(viewer: Staff, availability: str) -> None:
    """Whoever comes online frees capacity, so the queue is tried. Raises Invalid."""
    set_availability(viewer.user_id, availability)
    announce_agent(viewer.user_id)
    if availability == "online":
        route_waiting()
