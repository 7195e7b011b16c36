"""Test data, as plain functions that use the product's own actions where there is one."""

from dataclasses import replace
from io import BytesIO
from itertools import count
from uuid import uuid4
from zoneinfo import ZoneInfo

from PIL import Image

from chat.actions.visitors import create_visitor
from chat.queries.visitors import fetch_visitor
from faq import actions as faq
from faq.models import Icon
from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.models import AgentCapacity, Membership, Team, User
from helpdesk.accounts.viewer import Staff, Visitor, staff_viewer
from tickets.actions.callbacks import Wish, request_callback
from tickets.actions.extras import extras_for
from tickets.actions.files import store_file
from tickets.actions.post import Post, post_message
from tickets.actions.start import Start, start_ticket
from tickets.models import Callback, Inbox
from tickets.queries.bodies import MessageRow
from tickets.queries.callbacks import days_offered
from tickets.queries.files import FileRow
from tickets.queries.rows import TicketRow

_numbers = count(1)
PASSWORD = "correct horse battery"


def team(name: str = "") -> Team:
    return Team.objects.create(name=name or f"Team {next(_numbers)}")


def user(name: str = "", *, teams: tuple[Team, ...] = (), chats: int = 3, **fields: object) -> User:
    """An agent who is online, unless `fields` say otherwise."""
    number = next(_numbers)
    values = {"availability": "online", "languages": ["en"], **fields}
    made = User.objects.create_user(
        f"agent{number}@example.com", PASSWORD, name=name or f"Agent {number}", **values
    )
    AgentCapacity.objects.filter(user=made).update(chats=chats)
    Membership.objects.bulk_create(Membership(team=team, user=made) for team in teams)
    return made


def viewer(user: User) -> Staff:
    return staff_viewer(user)


def without(viewer: Staff, permission: str) -> Staff:
    """The same person with one right less."""
    return replace(viewer, permissions=viewer.permissions - {Permission(permission)})


def inbox(team: Team | None = None, **fields: object) -> Inbox:
    return Inbox.objects.create(name=f"Inbox {next(_numbers)}", team=team, **fields)


def visitor(inbox: Inbox, *, language: str = "en") -> tuple[Visitor, str]:
    """A new visitor, and the token that lets him in."""
    token, _identity = create_visitor(inbox, language)
    return fetch_visitor(token, str(inbox.public_id))[0], token


def ticket(visitor: Visitor, body: str = "Hello", **fields: str) -> TicketRow:
    """An open ticket that nobody owns yet."""
    row, _message = start_ticket(Start(visitor, uuid4(), body, **fields))
    return row


def wish(visitor: Visitor, row: TicketRow | None = None) -> Wish:
    """To be called, on this ticket or one of its own, at the first time that is offered."""
    zone = ZoneInfo("Europe/Warsaw")
    start, end = days_offered(Inbox.objects.get(pk=visitor.inbox_id), zone)[0].slots[0]
    return Wish(
        visitor, uuid4(), "+48501234567", start, end, zone.key, ticket=row.id if row else None
    )


def callback(visitor: Visitor, row: TicketRow) -> Callback:
    return request_callback(wish(visitor, row))[1]


def reply(viewer: Staff | Visitor, row: TicketRow, body: str = "A reply") -> MessageRow:
    return post_message(Post(viewer, row.id, uuid4(), body))


def full_reply(viewer: Staff, row: TicketRow, body: str, *, article: str) -> MessageRow:
    """With everything that a reply may carry."""
    data = extras_for(viewer, row.id, choices=["Yes", "No"], article=article).as_data()
    files = [file(viewer, "lamp.png", picture()).id, file(viewer).id]
    return post_message(Post(viewer, row.id, uuid4(), body, attachments=files, data=data))


def note(viewer: Staff, row: TicketRow, body: str = "A note") -> MessageRow:
    return post_message(Post(viewer, row.id, uuid4(), body, kind="note"))


def file(viewer: Staff | Visitor, name: str = "notes.txt", content: bytes = b"Notes") -> FileRow:
    """Uploaded, and not yet sent."""
    return store_file(viewer, name, BytesIO(content), len(content))


def picture(
    form: str = "PNG", size: tuple[int, int] = (32, 24), color: str = "teal", **save: object
) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, color).save(out, form, **save)
    return out.getvalue()


def article(title: str, body: str = "In few words.", language: str = "en") -> str:
    """A published article; its slug."""
    made = faq.create_article(faq.create_category(Icon.DELIVERY, 1, {"en": ("Help", "")}))
    faq.write_translation(made, language, title=title, body=body)
    return str(made.translations.get().slug)
