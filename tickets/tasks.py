"""Celery's part of tickets: due work is found by a sweep."""

from celery import shared_task

from tickets.actions.files import sweep_unsent
from tickets.actions.route import route_waiting as drain_queue


@shared_task(name="tickets.route_waiting")
def route_waiting() -> None:
    drain_queue()


@shared_task(name="tickets.sweep_files")
def sweep_files() -> None:
    sweep_unsent()
