from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "tickets"

    def ready(self) -> None:
        from helpdesk.core.manage import register
        from tickets import receivers
        from tickets.views.manage import PAGE

        receivers.connect()
        register(PAGE)
