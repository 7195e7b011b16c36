"""When a visitor is invited to chat, and with which words (R3: never pounce).

This is the specification that static/widget/loader/rules.js follows, and the tests' oracle too.

**Facts** are what the visitor's browser knows at one moment:

    seconds     whole seconds for which this page has been visible since it was opened. A page is an
                address without its fragment; a shop that changes its address without a load opens
                another page by it
    pages       pages opened in this visit, this one included; one that is opened twice counts
                twice. A visit ends when none was opened for half an hour
    scroll      how far down this page he has been, in whole percent of the way that can be
                scrolled; 0 on a page that fits into the window
    idle        whole visible seconds since he moved, pressed, touched, typed or scrolled anything
    exit        whether his mouse has left the page over its upper edge and has not come back; never
                with a finger
    returning   whether an earlier visit is remembered
    referrer    which address led to the first page of this visit; "" if the browser does not say
    query       the query of that first page's own address; "" if it had none
    path        `location.pathname` of this page, percent-encoded as browsers do
    lang        the language that the launcher speaks: en, tr or pl
    stage       what the shop has set: before, during or after the purchase; nothing until it has
    cart        the cart's value as a number; nothing until the shop has told one
    state       {open, free} as the server has answered within the last minute; nothing if it has
                not

**A rule** asks for any number of conditions, and comes true when all of them hold. A condition that
is not given (None, False, "", an empty list) asks nothing. Numbers hold from the given value on,
lists if one of their entries does:

    -                       no rule holds in the first five seconds of a page, whatever it asks
    seconds_on_page         seconds, at least
    pages_seen              pages, at least
    scroll_percent          scroll, at least
    idle_seconds            idle, at least
    cart_value_min          cart, at least; not while there is none
    exit_intent             exit
    returning               True: returning; False: not returning
    referrers               one of them is a part of `referrer`
    utm                     for each of its three that is not "" (say, source): `query` has a field
                            `utm_source`, and its value is the given one, from end to end
    urls                    one of them is `path`, from end to end
    languages               `lang` is one of them
    stages                  `stage` is one of them; none is while the shop has set no stage
    within_opening_hours    state.open
    agents_available        state.free

In `referrers` and `urls` a star stands for any number of characters, none included; all other
characters stand for themselves, once percent-encoded as browsers do in that place. In `referrers`
and `utm` A–Z are the same as a–z, and other letters are compared as they are; elsewhere capitals
count.

**The answer** is false as soon as one of the browser's own conditions does not hold. Else it is
true if the server is not needed; else "ask" while there is no `state`; else whether it holds too.

A rule must ask for some behaviour: one that could come true for anybody who merely arrives is
refused.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chat.domain.paths import as_browsers_have, in_address, in_query
from tickets.domain.chat_settings import Part

# Nobody is spoken to at the door.
SETTLE_SECONDS = 5
TEXT_LENGTH = 200
MOST_ENTRIES = 20
MOST_SECONDS = 3600

Language = Literal["en", "tr", "pl"]
Stage = Literal["before", "during", "after"]
Piece = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Pattern = Annotated[str, StringConstraints(pattern=r"^[/*]\S*$", max_length=200)]
# Without stars, which a query leaves as they are.
UtmValue = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=100, pattern=r"^[^*]*$")
]
InvitingText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_LENGTH)
]
Variant = Annotated[dict[Language, InvitingText], Field(min_length=1)]


class Utm(Part):
    source: UtmValue = ""
    medium: UtmValue = ""
    campaign: UtmValue = ""


class Conditions(Part):
    """`Invitation.conditions`; what each of them means stands above."""

    seconds_on_page: int | None = Field(default=None, ge=1, le=MOST_SECONDS)
    # The first page is where he arrives.
    pages_seen: int | None = Field(default=None, ge=2, le=100)
    scroll_percent: int | None = Field(default=None, ge=1, le=100)
    idle_seconds: int | None = Field(default=None, ge=1, le=MOST_SECONDS)
    exit_intent: bool = False
    returning: bool | None = None
    cart_value_min: float | None = Field(default=None, gt=0, le=1e9)
    referrers: list[Piece] = Field(default=[], max_length=MOST_ENTRIES)
    utm: Utm = Utm()
    urls: list[Pattern] = Field(default=[], max_length=MOST_ENTRIES)
    languages: list[Language] = Field(default=[], max_length=3)
    stages: list[Stage] = Field(default=[], max_length=3)
    within_opening_hours: bool = False
    agents_available: bool = False

    @model_validator(mode="after")
    def never_pounces(self) -> "Conditions":
        """To be new here, or on some page, from somewhere, is no behaviour yet."""
        behaviour = (
            self.seconds_on_page,
            self.pages_seen,
            self.scroll_percent,
            self.idle_seconds,
            self.exit_intent,
            self.returning,
            self.cart_value_min,
        )
        if not any(behaviour):
            raise PydanticCustomError("on_arrival", "a rule needs some behaviour")
        return self

    def compact(self) -> dict[str, Any]:
        """As rules.js reads it: `least` by fact; `fits`, lists of a fact and of patterns of which
        one fits it; `ask`, what the server has to confirm."""
        least = {
            "seconds": max(SETTLE_SECONDS, self.seconds_on_page or 0),
            "pages": self.pages_seen,
            "scroll": self.scroll_percent,
            "idle": self.idle_seconds,
            "cart": self.cart_value_min,
        }
        fits = [
            ["exit", *(["true"] if self.exit_intent else [])],
            ["returning", *([] if self.returning is None else [str(self.returning).lower()])],
            ["referrer", *(f"*{in_address(part)}*" for part in self.referrers)],
            *(["query", f"*&utm_{key}={in_query(value)}&*"] for key, value in self.utm if value),
            ["path", *(as_browsers_have(pattern) for pattern in self.urls)],
            ["lang", *self.languages],
            ["stage", *self.stages],
        ]
        asked = {"open": self.within_opening_hours, "free": self.agents_available}
        return {
            "least": {fact: value for fact, value in least.items() if value},
            "fits": [fit for fit in fits if fit[1:]],
            "ask": [what for what, is_asked in asked.items() if is_asked],
        }


class Wording(Part):
    """`Invitation.texts`: one or two variants, each a text by language. Both speak the same
    languages, or they could not be compared."""

    texts: list[Variant] = Field(min_length=1, max_length=2)

    @model_validator(mode="after")
    def speaks_the_same_languages(self) -> "Wording":
        if self.texts[0].keys() != self.texts[-1].keys():
            raise PydanticCustomError("one_sided", "both variants need the same languages")
        return self
