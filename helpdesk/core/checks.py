"""System checks: what an operator should change, each with an id that can be searched."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register


@register(deploy=True)
def production_is_safe(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if settings.DEBUG:
        found.append(Error("DEBUG is on.", hint="Unset DEBUG.", id="helpdesk.E001"))
    if not settings.PUBLIC_URL.startswith("https://"):
        found.append(
            Warning(
                "PUBLIC_URL is not https.",
                hint="Visitors' tokens and sessions would travel in the clear.",
                id="helpdesk.W002",
            )
        )
    return found


@register()
def mail_can_leave(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend") and not settings.DEBUG:
        hint = "Set EMAIL_URL=smtp://user:password@host:587 (or smtps://…:465)."
        return [Warning("Mail is only printed.", hint=hint, id="helpdesk.W001")]
    return []
