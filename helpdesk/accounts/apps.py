from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "helpdesk.accounts"
    label = "accounts"

    def ready(self) -> None:
        from helpdesk.accounts.manage import PAGES
        from helpdesk.core.manage import register

        for page in PAGES:
            register(page)
