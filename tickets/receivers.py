"""What tickets does when it hears of something from below."""

from typing import Any

from django.db.models.signals import post_delete

from helpdesk.accounts.events import AgentDeactivated, TeamDeleted
from helpdesk.realtime.bus import receive_within
from tickets.actions.files import forget_stored
from tickets.actions.release import release_tickets_of, release_tickets_of_team
from tickets.models import Attachment


def connect() -> None:
    receive_within(AgentDeactivated, release_after_deactivation)
    receive_within(TeamDeleted, release_after_deletion)
    post_delete.connect(forget_file, sender=Attachment)


def release_after_deactivation(event: AgentDeactivated) -> None:
    release_tickets_of(event.agent_id)


def release_after_deletion(event: TeamDeleted) -> None:
    release_tickets_of_team(event.team_id)


def forget_file(instance: Attachment, **_: Any) -> None:
    """Whatever takes the row away (a message, a ticket, an erasure) takes the stored file too."""
    forget_stored(instance)
