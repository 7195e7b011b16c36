"""Work that another server may refuse for a while: tried, counted, tried again later."""

from django.db import models


class Attempt(models.Model):
    """`retry_at` is when it is due; None: there is nothing to do. Whoever tries raises `attempts`,
    so that of two who found it due one goes on."""

    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
