"""Sending messages from a live session: validation at the edge, the group writer, the ack."""

from typing import Any
from uuid import UUID

from helpdesk.accounts.viewer import Staff
from helpdesk.core.clock import wire
from helpdesk.core.errors import DomainError
from helpdesk.realtime.frames import MessageSend
from helpdesk.realtime.pool import run_db
from helpdesk.realtime.session import Session
from helpdesk.realtime.writer import GroupWriter
from tickets.actions.batch import PostWriter
from tickets.actions.body import clean_body
from tickets.actions.extras import extras_for
from tickets.actions.post import Post, Posted
from tickets.queries.bodies import MessageRow

_posts = PostWriter()
writer: GroupWriter[Post, Posted] = GroupWriter(_posts.write, _posts.idle)


def submit(session: Session, post: Post) -> None:
    """Hands a post to the writer; its ack or error goes to the session after the commit."""

    runtime = session.runtime
    runtime.in_flight += 1

    def done(outcome: Posted | DomainError) -> None:
        runtime.in_flight -= 1
        if isinstance(outcome, Posted):
            session.answer(ack(post.ref, outcome.message))
        else:
            session.refuse(outcome, post.ref)

    writer.submit(post, done)


def body_of(frame: MessageSend) -> str:
    """Its clean words; none are needed beside files or an article. Raises TooLong, Invalid."""
    return clean_body(frame.body, is_alone=not (frame.attachments or frame.article))


async def extras_of(frame: MessageSend, viewer: Staff, ticket: UUID) -> dict[str, Any]:
    """What an agent's message carries beside its words. Raises NotFound, Invalid."""
    if not (frame.choices or frame.article):
        return {}
    choices, article = frame.choices, frame.article
    return (await run_db(extras_for, viewer, ticket, choices=choices, article=article)).as_data()


def ack(ref: UUID, message: MessageRow) -> dict[str, Any]:
    return {
        "type": "ack",
        "ref": ref,
        "ticket": message.ticket,
        "id": message.id,
        "seq": message.seq,
        "created_at": wire(message.created_at),
    }
