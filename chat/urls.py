from django.urls import include, path

from chat.views import (
    callbacks,
    console,
    files,
    identity,
    loader,
    privacy,
    waiting,
    widget,
)
from tickets.views import files as tickets_files

urlpatterns = [
    path("console/", console.shell, name="console"),
    path("console/api/boot/", console.console_boot),
    path("console/api/me/", console.me),
    path("console/api/tickets/<uuid:ticket>/", console.thread),
    path("console/api/", include("tickets.urls")),
    path("chat/<uuid:inbox>/", loader.chat_page, name="chat-page"),
    path("widget/loader.js", loader.loader, name="widget-loader"),
    path("widget/<uuid:inbox>/panel.js", loader.panel),
    path("widget/<uuid:inbox>/state.json", loader.state),
    path("widget/<uuid:inbox>/frame/", widget.frame, name="widget-frame"),
    path("widget/<uuid:inbox>/session/", widget.session),
    path("widget/<uuid:inbox>/identify/", identity.identify),
    path("widget/<uuid:inbox>/logout/", identity.logout),
    path("widget/<uuid:inbox>/attributes/", identity.attributes),
    path("widget/<uuid:inbox>/export/", privacy.export),
    path("widget/<uuid:inbox>/erasure/", privacy.erasure),
    path("widget/<uuid:inbox>/boot/", widget.widget_boot),
    path("widget/<uuid:inbox>/tickets/<uuid:ticket>/", widget.thread),
    path("widget/<uuid:inbox>/tickets/<uuid:ticket>/messages/", widget.messages),
    path("widget/<uuid:inbox>/tickets/<uuid:ticket>/end/", widget.end),
    path("widget/<uuid:inbox>/tickets/<uuid:ticket>/queue/", waiting.queue),
    path("widget/<uuid:inbox>/tickets/<uuid:ticket>/to-message/", waiting.to_message),
    path("widget/<uuid:inbox>/callbacks/", callbacks.callbacks),
    path("widget/<uuid:inbox>/files/", files.upload),
    path("widget/<uuid:inbox>/files/<uuid:file>/", files.discard),
    path("files/<uuid:file>/preview/", tickets_files.preview),
    path("files/<uuid:file>/<str:name>", tickets_files.download),
]
