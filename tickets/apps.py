from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "tickets"

    def ready(self) -> None:
        from helpdesk.core.manage import register, register_tab
        from tickets import receivers
        from tickets.views.manage import PAGE, TABS

        receivers.connect()
        register(PAGE)
        for tab in TABS:
            register_tab(PAGE.slug, tab)
