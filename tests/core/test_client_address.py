"""The address that limits are counted by."""

import pytest
from django.conf import settings
from django.test import RequestFactory

from helpdesk.core.client import client_address

FORGED = "203.0.113.9, 198.51.100.7"


@pytest.mark.parametrize(
    ("trusts", "header", "expected"),
    [
        (False, FORGED, "127.0.0.1"),
        (True, FORGED, "198.51.100.7"),
        (True, "", "127.0.0.1"),
    ],
)
def test_it_believes_our_own_proxy_alone(monkeypatch, trusts, header, expected) -> None:
    environment = settings.ENV.model_copy(update={"trust_forwarded_for": trusts})
    monkeypatch.setattr(settings, "ENV", environment)
    request = RequestFactory().get("/", headers={"X-Forwarded-For": header})
    assert client_address(request) == expected
