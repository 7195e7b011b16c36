"""The live doors: sockets, and the same over HTTP where sockets are blocked."""

from typing import Any

from channels.routing import URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import path

from chat.consumers.agent import AgentConsumer, AgentSession
from chat.consumers.guard import refuse_forgery
from chat.consumers.visitor import VisitorConsumer, VisitorSession
from helpdesk.realtime.http import LiveHttp

websockets: Any = AllowedHostsOriginValidator(
    URLRouter(
        [
            path("ws/widget/<uuid:inbox>/", VisitorConsumer.as_asgi()),
            path("ws/console/", AgentConsumer.as_asgi()),
        ]
    )
)

# ASGI applications where Django's types expect views; Channels' router takes them.
_visitor: Any = LiveHttp(VisitorSession)
_agent: Any = LiveHttp(AgentSession, refuse_forgery)
live_http: Any = URLRouter(
    [
        path("live/widget/<uuid:inbox>/poll", _visitor),
        path("live/widget/<uuid:inbox>/send", _visitor),
        path("live/console/poll", _agent),
        path("live/console/send", _agent),
    ]
)
