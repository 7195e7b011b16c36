"""The shop's customers: each a visitor of the widget who has said his name."""

import random
import re
from dataclasses import dataclass

from chat.actions.visitors import create_visitor, introduce
from faq.domain.slugs import make_slug
from helpdesk.accounts.viewer import Visitor
from helpdesk.storefront.scenario import english, polish, turkish
from helpdesk.storefront.scenario.script import Voice
from tickets.models import Inbox

VOICES: dict[str, Voice] = {"en": english.VOICE, "tr": turkish.VOICE, "pl": polish.VOICE}


@dataclass(frozen=True, slots=True)
class Customer:
    viewer: Visitor
    language: str

    @property
    def first_name(self) -> str:
        return self.viewer.name.split(" ")[0]


def gather(inbox: Inbox, chance: random.Random) -> list[Customer]:
    """Everybody, in an order of chance."""
    crowd = [
        _come(inbox, language, name) for language, voice in VOICES.items() for name in voice.names
    ]
    chance.shuffle(crowd)
    return crowd


def _come(inbox: Inbox, language: str, name: str) -> Customer:
    _token, identity = create_visitor(inbox, language)
    address = re.sub("-+", ".", make_slug(name)) + "@customer.example"
    introduce(identity.contact_id, name=name, email=address, language=language)
    viewer = Visitor(
        identity_id=identity.pk,
        identity=identity.public_id,
        contact_id=identity.contact_id,
        inbox_id=inbox.pk,
        name=name,
        language=language,
    )
    return Customer(viewer, language)
