from django.urls import path

from tickets.views import callbacks, console, files

urlpatterns = [
    path("tickets/", console.ticket_list),
    path("tickets/<uuid:ticket>/messages/", console.ticket_messages),
    path("tickets/<uuid:ticket>/assign/", console.ticket_assign),
    path("tickets/<uuid:ticket>/callbacks/<int:callback>/cancel/", callbacks.cancel),
    path("tickets/<uuid:ticket>/callbacks/<int:callback>/done/", callbacks.done),
    path("tickets/<uuid:ticket>/transfer/", console.ticket_transfer),
    path("tickets/<uuid:ticket>/solve/", console.ticket_solve),
    path("tickets/<uuid:ticket>/reopen/", console.ticket_reopen),
    path("files/", files.upload),
    path("files/<uuid:file>/", files.discard),
]
