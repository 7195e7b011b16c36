"""Sending messages from a live session: validation at the edge, the group writer, the ack."""

from typing import Any
from uuid import UUID

from helpdesk.core.clock import wire
from helpdesk.core.errors import DomainError
from helpdesk.realtime.session import Session
from helpdesk.realtime.writer import GroupWriter
from tickets.actions.batch import PostWriter
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


def ack(ref: UUID, message: MessageRow) -> dict[str, Any]:
    return {
        "type": "ack",
        "ref": ref,
        "ticket": message.ticket,
        "id": message.id,
        "seq": message.seq,
        "created_at": wire(message.created_at),
    }
