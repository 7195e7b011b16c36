from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "chat"

    def ready(self) -> None:
        from chat import receivers
        from chat.manage import PAGES, TABS
        from helpdesk.core.manage import register, register_tab

        receivers.connect()
        for page in PAGES:
            register(page)
        for tab in TABS:
            register_tab("inboxes", tab)
