"""The consumers the tutorial leads to: ORM in a thread, one group a conversation."""

import uuid
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.db import transaction
from django.db.models import F

from benchmarks.reference.models import Conversation, Message


class ChatConsumer(AsyncJsonWebsocketConsumer):
    author: str

    async def connect(self) -> None:
        self.groups_joined = [f"chat_{id_.hex}" for id_ in await self.conversation_ids()]
        for group in self.groups_joined:
            await self.channel_layer.group_add(group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        for group in self.groups_joined:
            await self.channel_layer.group_discard(group, self.channel_name)

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        if content["type"] != "message.send":
            return
        conversation_id = uuid.UUID(content["ticket"])
        message = await self.save_message(conversation_id, content)
        created_at = message.created_at.isoformat()
        await self.channel_layer.group_send(
            f"chat_{conversation_id.hex}",
            {
                "type": "message.created",
                "ticket": content["ticket"],
                "message": {
                    "id": message.id,
                    "seq": message.id,
                    "ref": content["ref"],
                    "author": self.author,
                    "kind": message.kind,
                    "body": message.body,
                    "created_at": created_at,
                },
            },
        )
        await self.send_json(
            {
                "type": "ack",
                "ref": content["ref"],
                "ticket": content["ticket"],
                "seq": message.id,
                "created_at": created_at,
            }
        )

    async def message_created(self, event: dict[str, Any]) -> None:
        await self.send_json(event)

    async def conversation_ids(self) -> list[uuid.UUID]:
        raise NotImplementedError

    @database_sync_to_async
    def save_message(self, conversation_id: uuid.UUID, content: dict[str, Any]) -> Message:
        with transaction.atomic():
            message = Message.objects.create(
                conversation_id=conversation_id,
                ref=content["ref"],
                author=self.author,
                kind=content["kind"],
                body=content["body"],
            )
            Conversation.objects.filter(id=conversation_id).update(
                message_count=F("message_count") + 1,
                last_message_at=message.created_at,
                last_preview=message.body[:120],
            )
        return message


class VisitorConsumer(ChatConsumer):
    author = "visitor"

    async def conversation_ids(self) -> list[uuid.UUID]:
        return [self.scope["url_route"]["kwargs"]["conversation_id"]]


class AgentConsumer(ChatConsumer):
    author = "agent"

    @database_sync_to_async
    def conversation_ids(self) -> list[uuid.UUID]:
        agent = self.scope["url_route"]["kwargs"]["agent"]
        return list(Conversation.objects.filter(agent=agent).values_list("id", flat=True))
