from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "surveys"

    def ready(self) -> None:
        from surveys import receivers
        from surveys.queries import open_invitations_for
        from tickets.registry import widget_boot_parts

        receivers.connect()
        widget_boot_parts["surveys"] = open_invitations_for
