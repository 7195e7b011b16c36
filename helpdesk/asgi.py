"""The web process: Django for pages, and the live doors beside it."""

import gc
import os
import sys
from typing import Any

from channels.routing import ProtocolTypeRouter
from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
django_application = get_asgi_application()

from chat.consumers.routing import live_http, websockets  # noqa: E402  models need Django set up
from helpdesk.core.body_limit import limited  # noqa: E402  as above
from helpdesk.realtime import autobahn  # noqa: E402  as above

# A file, and what the form around it takes.
django_application = limited(
    django_application, (settings.ENV.attachment_limit_mb * 1024 + 64) * 1024
)


async def http(scope: Any, receive: Any, send: Any) -> None:
    application = live_http if scope["path"].startswith("/live/") else django_application
    await application(scope, receive, send)


application = ProtocolTypeRouter({"http": http, "websocket": websockets})

# Modules, models and the log in memory live as long as the process. Looking through all of them
# again and again for garbage cost 6 % of a message's CPU.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 100)
# The writer's thread needs the interpreter a few times a commit, each time for microseconds; by
# default it would wait 5 ms for it whenever the event loop is busy.
sys.setswitchinterval(0.0005)
autobahn.silence()
