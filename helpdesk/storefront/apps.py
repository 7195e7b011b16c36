from django.apps import AppConfig
from django.conf import settings


class StorefrontConfig(AppConfig):
    name = "helpdesk.storefront"
    label = "storefront"

    def ready(self) -> None:
        from faq.registry import portal
        from helpdesk.storefront.inbox import DEMO_INBOX

        if settings.ENV.demo:
            portal.home_url = "/demo/"
            portal.widget_inbox = str(DEMO_INBOX)
