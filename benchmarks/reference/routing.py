"""The two sockets."""

from django.urls import path

from benchmarks.reference import consumers

websocket_urlpatterns = [
    path("ws/chat/<uuid:conversation_id>/", consumers.VisitorConsumer.as_asgi()),
    path("ws/agent/<int:agent>/", consumers.AgentConsumer.as_asgi()),
]
