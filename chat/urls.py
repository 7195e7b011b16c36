from django.urls import include, path

from chat.views import console, widget

urlpatterns = [
    path("console/", console.shell, name="console"),
    path("console/api/boot/", console.console_boot),
    path("console/api/me/", console.me),
    path("console/api/tickets/<uuid:ticket>/", console.thread),
    path("console/api/", include("tickets.urls")),
    path("widget/loader.js", widget.loader, name="widget-loader"),
    path("widget/<uuid:inbox>/frame/", widget.frame, name="widget-frame"),
    path("widget/<uuid:inbox>/session/", widget.session),
    path("widget/<uuid:inbox>/boot/", widget.widget_boot),
    path("widget/<uuid:inbox>/tickets/<uuid:ticket>/", widget.thread),
    path("widget/<uuid:inbox>/tickets/<uuid:ticket>/messages/", widget.messages),
    path("widget/<uuid:inbox>/tickets/<uuid:ticket>/end/", widget.end),
]
