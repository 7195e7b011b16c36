"""What an agent sets for himself."""

from helpdesk.accounts.models import Availability, User
from helpdesk.core import clock
from helpdesk.core.errors import Invalid


def set_availability(user_id: int, availability: str) -> User:
    """Raises Invalid for an unknown word."""
    if availability not in Availability.values:
        raise Invalid
    user = User.objects.get(pk=user_id)
    user.availability = availability
    user.availability_changed_at = clock.now()
    user.save(update_fields=["availability", "availability_changed_at"])
    return user


def set_preferences(user_id: int, *, language: str | None, theme: str | None) -> User:
    """Raises Invalid for a language or theme we do not have."""
    user = User.objects.get(pk=user_id)
    if language is not None:
        if language not in {"en", "tr", "pl"}:
            raise Invalid
        user.language = language
    if theme is not None:
        if theme not in {"light", "dark", "system"}:
            raise Invalid
        user.theme = theme
    user.save(update_fields=["language", "theme"])
    return user
