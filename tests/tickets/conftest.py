"""An open ticket of Vera's, and what the tests of its acts look at."""

import pytest

from tests import make
from tests.people import People
from tickets.queries.rows import TicketRow


@pytest.fixture
def ticket(people: People) -> TicketRow:
    return make.ticket(people.vera, "Where is my lamp?")
