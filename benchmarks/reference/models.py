"""A conversation and its messages."""

import uuid

from django.db import models


class Conversation(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agent = models.PositiveIntegerField(db_index=True)
    message_count = models.PositiveIntegerField(default=0)
    last_message_at = models.DateTimeField(null=True)
    last_preview = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return str(self.id)


class Message(models.Model):
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages"
    )
    ref = models.UUIDField()
    author = models.CharField(max_length=10)
    kind = models.CharField(max_length=10)
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.body[:40]
