"""What a manager settles for one widget: the typed form of `Inbox.settings` for the chat channel.

Stored as JSON, written only through `ChatSettings`, so that what is read back is always whole.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
ShortText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]
Url = Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$", max_length=500)]
# By language code; a language without a text falls back to the widget's own words.
Texts = dict[Literal["en", "tr", "pl"], Text]
ShortTexts = dict[Literal["en", "tr", "pl"], ShortText]
Section = Literal["faq", "bot", "people"]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Look(Part):
    """Where and how the launcher stands; distances in CSS pixels from the corner."""

    side: Literal["left", "right"] = "right"
    offset_x: int = Field(default=20, ge=0, le=400)
    offset_y: int = Field(default=20, ge=0, le=400)
    phone_offset_x: int = Field(default=16, ge=0, le=400)
    phone_offset_y: int = Field(default=16, ge=0, le=400)
    z: int = Field(default=2147483000, ge=0, le=2147483647)
    label: ShortTexts = {}
    theme: Literal["light", "dark", "system", "page"] = "light"
    # Path patterns with `*` as in robots.txt, such as `/checkout*`.
    hide_on: list[Annotated[str, StringConstraints(pattern=r"^[/*]\S*$", max_length=200)]] = Field(
        default=[], max_length=20
    )


class Home(Part):
    """What comes first by the stage of the purchase (R9)."""

    before: list[Section] = ["faq", "bot", "people"]
    during: list[Section] = ["bot", "faq", "people"]
    after: list[Section] = ["people", "faq", "bot"]

    @model_validator(mode="after")
    def names_each_once(self) -> "Home":
        for order in (self.before, self.during, self.after):
            if sorted(order) != ["bot", "faq", "people"]:
                raise ValueError("each section once")
        return self


class Choice(Part):
    value: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
    label: ShortTexts


class Question(Part):
    """One field of the form before a chat. `name`, `email` and `phone` go to the contact."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    kind: Literal["text", "email", "phone", "number", "choice", "check"] = "text"
    label: ShortTexts = {}
    required: bool = False
    choices: list[Choice] = Field(default=[], max_length=12)

    @model_validator(mode="after")
    def has_choices_when_it_must(self) -> "Question":
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError("choices belong to a choice")
        return self


class Consent(Part):
    """A line the visitor agrees to; kept with the moment and the words he saw."""

    text: Texts
    required: bool = True


class Prechat(Part):
    is_on: bool = True
    questions: list[Question] = Field(
        default=[Question(key="name"), Question(key="email", kind="email")], max_length=12
    )
    consent: Consent | None = None

    @model_validator(mode="after")
    def asks_each_once(self) -> "Prechat":
        keys = [question.key for question in self.questions]
        if len(keys) != len(set(keys)):
            raise ValueError("two questions have the same key")
        return self


class Channels(Part):
    """Other ways to reach the company (R1); empty means that it has none."""

    whatsapp: Annotated[str, StringConstraints(pattern=r"^(\+\d{6,15})?$")] = ""
    telegram: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]{0,32}$")] = ""
    messenger: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.]{0,80}$")] = ""
    email: Annotated[str, StringConstraints(pattern=r"^(\S+@\S+)?$", max_length=254)] = ""


class Absence(Part):
    """What is offered when nobody can take a chat soon (R2, R5)."""

    leave_message: bool = True
    callback: bool = True
    # Promised answer to a left message, in hours of the inbox's calendar; None promises nothing.
    reply_hours: int | None = Field(default=4, ge=1, le=240)


class Conversation(Part):
    attachments: bool = True
    transcript: bool = True
    # Agents see what is being typed; the visitor is told.
    peek: bool = False
    # Minutes until unread replies are mailed to a visitor who has gone; None never does.
    mail_after_minutes: int | None = Field(default=10, ge=1, le=1440)


class Privacy(Part):
    notice_url: Url = ""
    store_ip: bool = False
    follow_pages: bool = True


class ChatSettings(Part):
    look: Look = Look()
    home: Home = Home()
    prechat: Prechat = Prechat()
    channels: Channels = Channels()
    absence: Absence = Absence()
    conversation: Conversation = Conversation()
    privacy: Privacy = Privacy()
