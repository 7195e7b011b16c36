"""The wire's closed types: what a client may say, and the codes we answer and close with."""

from enum import IntEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import translation
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from helpdesk.core.errors import DomainError, Invalid, TooLong
from helpdesk.core.jsonio import dumps

PROTOCOL_VERSION = 1
FRAME_LIMIT = 64 * 1024


class CloseCode(IntEnum):
    """All of the 4000s: Autobahn, below daphne, sends none of the standard ones but 1000."""

    RESTARTING = 4012
    BAD_FRAMES = 4400
    WHO_ARE_YOU = 4401
    NOT_YOURS = 4403
    VERSION = 4406
    TOO_SLOW = 4408
    TOO_MANY = 4429


class Frame(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Hello(Frame):
    type: Literal["hello"]
    v: int
    token: str = Field(default="", max_length=200)
    last: str | None = Field(default=None, max_length=120)


class Subscribe(Frame):
    """`last` is the `at` of the snapshot on screen: what those topics said since is replayed."""

    type: Literal["subscribe"]
    topics: list[Annotated[str, Field(max_length=80)]] = Field(max_length=200)
    last: str | None = Field(default=None, max_length=120)


class Unsubscribe(Frame):
    type: Literal["unsubscribe"]
    topics: list[Annotated[str, Field(max_length=80)]] = Field(max_length=200)


class Invited(Frame):
    """The invitation that a conversation comes from, and which of its texts was shown."""

    id: int = Field(ge=1)
    variant: int = Field(ge=0, le=1)


class StartFields(Frame):
    """What a conversation begins with; `answers` are those of the form before it, by key."""

    language: str = Field(default="", max_length=8, pattern=r"^[A-Za-z-]*$")
    name: str = Field(default="", max_length=120)
    email: str = Field(default="", max_length=254)
    phone: str = Field(default="", max_length=32)
    via: Literal["chat", "message"] = "chat"
    stage: Literal["", "before", "during", "after"] = ""
    answers: dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=500)]] = (
        Field(default_factory=dict, max_length=12)
    )
    consent: bool = False
    invited: Invited | None = None
    page: dict[str, Any] = Field(default_factory=dict)


class MessageSend(Frame):
    """Either `ticket` (a UUID, or `start:<ref>` of a start not yet acknowledged) or `start`.

    `attachments` are ids of uploads; `choices` (quick replies) and `article` (a slug) are an
    agent's to send. A body may be empty beside attachments or an article.
    """

    type: Literal["message.send"]
    ref: UUID
    ticket: UUID | Annotated[str, Field(pattern=r"^start:[0-9a-f-]{36}$")] | None = None
    start: StartFields | None = None
    body: str
    attachments: list[UUID] = Field(default_factory=list, max_length=10)
    choices: list[Annotated[str, Field(min_length=1, max_length=80)]] = Field(
        default_factory=list, max_length=5
    )
    article: str = Field(default="", max_length=120)
    kind: Literal["reply", "note"] = "reply"
    seen_seq: int | None = Field(default=None, ge=0)


class Typing(Frame):
    """`text` is what a visitor has typed so far: for inboxes that let the team see it, and only
    then passed on."""

    type: Literal["typing"]
    ticket: UUID
    on: bool = True
    text: str = Field(default="", max_length=500)


class Read(Frame):
    type: Literal["read"]
    ticket: UUID
    seq: int = Field(ge=0)


class Viewing(Frame):
    type: Literal["viewing"]
    ticket: UUID | None = None
    replying: bool = False


class Status(Frame):
    type: Literal["status"]
    availability: str = Field(max_length=8)


class Page(Frame):
    type: Literal["page"]
    url: str = Field(default="", max_length=2000)
    title: str = Field(default="", max_length=300)
    referrer: str = Field(default="", max_length=2000)


class Ping(Frame):
    type: Literal["ping"]
    seen: str | None = Field(default=None, max_length=120)


ClientFrame = (
    Hello | Subscribe | Unsubscribe | MessageSend | Typing | Read | Viewing | Status | Page | Ping
)
_adapter: TypeAdapter[ClientFrame] = TypeAdapter(
    Annotated[ClientFrame, Field(discriminator="type")]
)


def parse(text: str) -> ClientFrame:
    """The frame a client sent. Raises TooLong, Invalid."""
    if len(text) * 4 > FRAME_LIMIT and len(text.encode()) > FRAME_LIMIT:
        raise TooLong
    try:
        return _adapter.validate_json(text)
    except ValidationError as error:
        raise Invalid(reason=_reason(error)) from error


def _reason(error: ValidationError) -> str:
    """What is wrong, for a developer; never the input itself."""
    first = error.errors(include_input=False, include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"[:200]


def error_frame(error: DomainError, ref: UUID | None, language: str) -> str:
    with translation.override(language):
        body = {"type": "error", "ref": ref, **error.as_dict()}
    return dumps(body).decode()


def encode(body: dict[str, Any]) -> str:
    return dumps(body).decode()
