"""What a message may carry beside its words: quick replies and a card of an article."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

CHOICES = 5
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(Part):
    """A button under the message: pressed, the visitor says its label."""

    value: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
    label: Label


class Card(Part):
    """A help article, in the best language there was when the message was sent."""

    title: str
    url: str
    slug: str
    minutes: int = Field(ge=1)


class Extras(Part):
    choices: list[Choice] = Field(default=[], max_length=CHOICES)
    article: Card | None = None

    def as_data(self) -> dict[str, Any]:
        """As `Message.data` keeps it; what is not there takes no room."""
        return self.model_dump(exclude_defaults=True)
