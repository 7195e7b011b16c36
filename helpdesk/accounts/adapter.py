"""allauth's seam: nobody signs up here; people are invited by a manager."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("That e-mail and password do not match."),
        "too_many_login_attempts": _("Too many tries. Please wait five minutes."),
        "account_inactive": _("This account is switched off. Ask your manager."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
