"""The managers' area: who comes in."""

import pytest
from django.test import Client

from tests.people import People


@pytest.fixture
def manager(people: People) -> Client:
    client = Client()
    client.force_login(people.mona)
    return client
