"""Celery's part: what was committed but not yet said."""

from celery import shared_task

from helpdesk.realtime import bus, outbox


@shared_task(name="helpdesk.realtime.deliver_event")
def deliver_event(row_id: int) -> None:
    bus.deliver(row_id)


@shared_task(name="helpdesk.realtime.sweep_events")
def sweep_events() -> None:
    for row_id in bus.due_rows():
        bus.deliver(row_id)


@shared_task(name="helpdesk.realtime.relay_outbox")
def relay_outbox() -> None:
    outbox.relay()
