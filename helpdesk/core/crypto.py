"""Secrets at rest: encrypted with a key of their own, derived from SECRET_KEY.

Fernet (AES-128-CBC, HMAC-SHA256); `SECRET_KEY_FALLBACKS` still decrypt, so a key can be rotated.
"""

import base64
import hashlib
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

PURPOSE = b"helpdesk secrets at rest"


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derive(str(key))) for key in keys])


def _derive(key: str) -> bytes:
    digest = hashlib.blake2b(key.encode(), key=PURPOSE, digest_size=32).digest()
    return base64.urlsafe_b64encode(digest)


def keys_for(purpose: bytes) -> list[bytes]:
    """Keys of their own for one purpose, at most 64 bytes of words: the first one signs, the others
    still verify."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [hashlib.blake2b(str(key).encode(), key=purpose).digest() for key in keys]


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]  # generic in the stubs alone
    """Text that only this server can read. Raises ValueError where no key fits any more."""

    def get_prep_value(self, value: Any) -> Any:
        return _box().encrypt(str(value).encode()).decode() if value is not None else None

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        if value is None:
            return None
        try:
            return _box().decrypt(value.encode()).decode()
        except InvalidToken as error:
            raise ValueError("a secret was encrypted with another SECRET_KEY") from error
