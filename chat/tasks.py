"""Celery's part of the chat: what is due is a row, and a task that comes twice does nothing."""

from celery import shared_task

from chat.actions import identify, transcripts, unread
from chat.queries.due import due_transcripts, due_unread


@shared_task(name="chat.mail_transcript")
def mail_transcript(key: int, tried: int) -> None:
    transcripts.mail_transcript(key, tried)


@shared_task(name="chat.mail_unread")
def mail_unread(key: int, tried: int) -> None:
    unread.mail_unread(key, tried)


@shared_task(name="chat.sweep_mails")
def sweep_mails() -> None:
    """Each mail is a task of its own: a mail server that hangs holds up one worker, no more."""
    unread.claim_unread()
    for key, tried in due_unread():
        mail_unread.delay(key, tried)
    for key, tried in due_transcripts():
        mail_transcript.delay(key, tried)
    transcripts.forget_old_transcripts()


@shared_task(name="chat.purge_assertions")
def purge_assertions() -> None:
    identify.purge_assertions()
