"""How often a stranger may ask for what costs us, or gives him something."""

import hashlib

from django.conf import settings
from django.http import HttpRequest

from helpdesk.accounts.viewer import Visitor
from helpdesk.core.client import client_address
from helpdesk.core.rates import spend


def limit_address(request: HttpRequest, what: str, *, an_hour: int) -> None:
    """Counted by a hash of the address, which is itself stored nowhere. Raises TooMany."""
    address = f"{settings.SECRET_KEY}{client_address(request)}"
    spend(f"{what}:{hashlib.sha256(address.encode()).hexdigest()}", an_hour, 3600)


def limit_visitor(viewer: Visitor, what: str, *, a_minute: int) -> None:
    """Raises TooMany."""
    spend(f"{what}:{viewer.identity}", a_minute, 60)
