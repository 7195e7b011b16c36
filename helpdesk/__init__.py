"""The project package: the roof (asgi, urls, celery, settings) and the foundation below."""

from helpdesk.celery import app as celery_app

__all__ = ["celery_app"]
