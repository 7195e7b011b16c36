"""The live doors: sockets, and the same over HTTP where sockets are blocked."""

from typing import Any

from channels.routing import URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import path, re_path

from chat.consumers.agent import AgentConsumer, AgentSession
from chat.consumers.guard import refuse_forgery
from chat.consumers.visitor import VisitorConsumer, VisitorSession
from helpdesk.realtime.frames import CloseCode
from helpdesk.realtime.http import LiveHttp, not_found


async def no_door(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.close", "code": int(CloseCode.NOT_YOURS)})


# ASGI applications where Django's types expect views; Channels' router takes them.
_no_door: Any = no_door
_not_found: Any = not_found
websockets: Any = AllowedHostsOriginValidator(
    URLRouter(
        [
            path("ws/widget/<uuid:inbox>/", VisitorConsumer.as_asgi()),
            path("ws/console/", AgentConsumer.as_asgi()),
            re_path("", _no_door),
        ]
    )
)

_visitor: Any = LiveHttp(VisitorSession)
_agent: Any = LiveHttp(AgentSession, refuse_forgery)
live_http: Any = URLRouter(
    [
        path("live/widget/<uuid:inbox>/poll", _visitor),
        path("live/widget/<uuid:inbox>/send", _visitor),
        path("live/console/poll", _agent),
        path("live/console/send", _agent),
        re_path("", _not_found),
    ]
)
