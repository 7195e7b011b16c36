"""Offering a survey after a ticket ended, and taking the answer."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from helpdesk.accounts.viewer import Visitor
from helpdesk.core import clock
from helpdesk.core.errors import Closed, Invalid, NotFound, TooLong
from helpdesk.core.jsonio import dumps
from helpdesk.core.text import clean
from helpdesk.realtime import outbox
from helpdesk.realtime.entry import Entry
from surveys.models import Invitation, Survey, SurveyKind
from surveys.queries import invitations_of, language_of, survey_body
from tickets.actions.record import Change, Draft, Fact, lock_tickets, record
from tickets.models import AuthorKind, MessageKind, Status, Ticket
from tickets.queries.rows import TicketRow
from tickets.queries.topics import visitor_topic

COMMENT_LIMIT = 2000
CHANGEABLE_FOR = timedelta(hours=24)
REST = timedelta(hours=24)


def rating_survey() -> Survey:
    """The one question after a chat; made when it is first needed."""
    survey, _ = Survey.objects.get_or_create(kind=SurveyKind.CSAT, defaults={"name": "CSAT"})
    return survey


@transaction.atomic
def offer_survey(ticket_id: int) -> Invitation | None:
    """Asks the visitor of a solved chat once for each time it was solved; harmless twice.

    None when there is nothing to ask: not a chat, nobody of us answered, open again, or the
    person has rated this ticket within a day.
    """
    ticket = (
        Ticket.objects.select_related("inbox", "identity").select_for_update(of=("self",))
        .filter(pk=ticket_id).first()
    )  # fmt: skip
    if ticket is None or not _is_worth_asking(ticket):
        return None
    survey = rating_survey()
    if not survey.is_active:
        return None
    invitation, created = _invite(ticket, survey)
    if created:
        _announce(invitation)
    return invitation


def _is_worth_asking(ticket: Ticket) -> bool:
    is_ended_chat = ticket.status == Status.SOLVED and ticket.inbox.kind == "chat"
    if not is_ended_chat or ticket.first_response_at is None:
        return False
    since = clock.now() - REST
    return not Invitation.objects.filter(ticket=ticket, answered_at__gt=since).exists()


def _invite(ticket: Ticket, survey: Survey) -> tuple[Invitation, bool]:
    """An older unanswered invitation of the ticket gives way, so that nobody is asked twice."""
    solved_at = ticket.solved_at or clock.now()
    Invitation.objects.filter(ticket=ticket, answered_at=None).exclude(solved_at=solved_at).delete()
    return Invitation.objects.get_or_create(
        ticket=ticket,
        solved_at=solved_at,
        defaults={"survey": survey, "identity": ticket.identity, "offered_at": clock.now()},
    )


def _announce(invitation: Invitation) -> None:
    ticket = invitation.ticket
    body = {
        "type": "survey.offered",
        "ticket": ticket.public_id,
        "survey": survey_body(invitation, language_of(invitation)),
    }
    topic = visitor_topic(ticket.identity.public_id)
    outbox.announce([Entry((topic,), public=dumps(body).decode())])


@transaction.atomic
def answer(viewer: Visitor, invitation: UUID, *, score: int, comment: str = "") -> Invitation:
    """Takes an answer, or within a day another one in its place; the team sees it in the thread.

    Raises NotFound (also for somebody else's invitation), Invalid, TooLong, Closed.
    """
    row, found = _lock_for(viewer, invitation)
    comment = _check(score, comment)
    if (found.score, found.comment) == (score, comment):
        return found
    if found.answered_at and clock.now() - found.answered_at > CHANGEABLE_FOR:
        raise Closed
    is_change = found.answered_at is not None
    found.score, found.comment = score, comment
    found.answered_at = found.answered_at or clock.now()
    found.save(update_fields=["score", "comment", "answered_at"])
    _tell_team(row, found, is_change=is_change)
    return found


def _lock_for(viewer: Visitor, invitation: UUID) -> tuple[TicketRow, Invitation]:
    """The ticket before its invitation, as offering does. Raises NotFound."""
    own = invitations_of(viewer).filter(public_id=invitation)
    ticket = own.values_list("ticket__public_id", flat=True).first()
    if ticket is None:
        raise NotFound
    row = lock_tickets([ticket])[ticket]
    found = own.select_related("ticket").select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    return row, found


def _check(score: int, comment: str) -> str:
    if isinstance(score, bool) or score not in range(1, 6):
        raise Invalid(fields={"score": "1-5"})
    if len(comment) > COMMENT_LIMIT:
        raise TooLong
    return clean(comment)


def _tell_team(row: TicketRow, invitation: Invitation, *, is_change: bool) -> None:
    """A staff-only event in the thread, and a fact for reports."""
    data = {"score": invitation.score, "comment": invitation.comment, "changed": is_change}
    change = Change()
    change.drafts.append(
        Draft(row, MessageKind.EVENT, AuthorKind.SYSTEM, event="rated", data=data, is_public=False)
    )
    change.facts.append(Fact(row, "rated", AuthorKind.CONTACT, data={"score": invitation.score}))
    record(change)


def forget_comments(contact_id: int) -> None:
    """A person's own words go; his scores count on."""
    Invitation.objects.filter(ticket__contact_id=contact_id).update(comment="")
