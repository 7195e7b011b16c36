"""Celery's part of tickets: due work is found by a sweep."""

from celery import shared_task

from tickets.actions.route import route_waiting as drain_queue


@shared_task(name="tickets.route_waiting")
def route_waiting() -> None:
    drain_queue()
