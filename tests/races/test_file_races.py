"""One file, wanted by several messages at once, or taken back while it is sent."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from helpdesk.core.errors import DomainError, Invalid, NotFound
from tests import make
from tests.people import People
from tests.races.threads import race
from tickets.actions.files import discard_file
from tickets.actions.post import Post, post_message
from tickets.models import Attachment, Message
from tickets.queries.rows import TicketRow

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def sending(people: People, row: TicketRow, files: list[UUID]) -> Callable[[], object]:
    def send() -> object:
        try:
            return post_message(Post(people.vera, row.id, uuid4(), "", attachments=files)).id
        except DomainError as error:
            return type(error)

    return send


def test_a_file_goes_with_one_message(people: People) -> None:
    rows = [make.ticket(people.vera) for _ in range(8)]
    one, two = make.file(people.vera, "1.txt").id, make.file(people.vera, "2.txt").id
    orders = [[one, two], [two, one]]
    answers = race(*(sending(people, row, orders[n % 2]) for n, row in enumerate(rows)))
    (sent,) = [answer for answer in answers if answer is not Invalid]
    assert {file.message.public_id for file in Attachment.objects.all() if file.message} == {sent}
    assert Attachment.objects.filter(message__isnull=False).count() == 2
    assert Message.objects.filter(kind="reply", body="").count() == 1


def test_sent_or_taken_back(people: People) -> None:
    row = make.ticket(people.vera)
    for _ in range(10):
        file = make.file(people.vera).id

        def take_back(file: UUID = file) -> object:
            try:
                discard_file(people.vera, file)
            except NotFound as error:
                return type(error)
            return None

        sent, taken = race(sending(people, row, [file]), take_back)
        is_kept = Attachment.objects.filter(public_id=file, message__isnull=False).exists()
        assert (sent is Invalid, taken is NotFound, is_kept) in {
            (True, False, False),
            (False, True, True),
        }
