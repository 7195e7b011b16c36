"""From a session cookie to the person who is signed in, outside Django's middleware."""

from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import constant_time_compare

from helpdesk.accounts.models import User
from helpdesk.accounts.viewer import Staff, staff_viewer
from helpdesk.core.errors import NotSignedIn

_store = import_module(settings.SESSION_ENGINE).SessionStore


def cookie_of(scope: dict[str, Any], name: str) -> str:
    """A cookie of an ASGI scope; "" when there is none."""
    jar: SimpleCookie = SimpleCookie()
    for header, value in scope["headers"]:
        if header == b"cookie":
            try:
                jar.load(value.decode("latin-1"))
            except CookieError:
                return ""
    return jar[name].value if name in jar else ""


def fetch_staff_by_session(session_key: str) -> Staff:
    """Raises NotSignedIn: no session, an ended one, or a person who may not sign in any more."""
    user = _user(session_key)
    if user is None:
        raise NotSignedIn
    return staff_viewer(user)


def good_sessions(keys: Collection[str]) -> set[str]:
    """Those sessions whose person is still signed in."""
    return {key for key in keys if _user(key) is not None}


def _user(session_key: str) -> User | None:
    if not session_key:
        return None
    data = _store(session_key)
    if SESSION_KEY not in data or data.get(BACKEND_SESSION_KEY) is None:
        return None
    user = User.objects.filter(pk=data[SESSION_KEY], is_active=True).first()
    if user is None:
        return None
    is_current = constant_time_compare(data.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
    return user if is_current else None
