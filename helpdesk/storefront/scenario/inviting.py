"""Whom the shop speaks to first: those who hesitate, while somebody is there for them."""

from chat.actions.invitations import InvitationData, create_invitation
from chat.domain.invitations import Conditions, Wording
from helpdesk.accounts.viewer import Staff
from tickets.models import Inbox

INVITATIONS = [
    InvitationData(
        name="Looking at a lamp for long",
        conditions=Conditions(
            seconds_on_page=60,
            scroll_percent=30,
            urls=["/demo/*/lamps/*"],
            agents_available=True,
        ),
        wording=Wording(
            texts=[
                {
                    "en": "Will this lamp fit your room? Tell us about it, we are glad to help.",
                    "tr": "Bu lamba odanıza uyar mı? Odanızı anlatın, birlikte bakalım.",
                    "pl": "Czy ta lampa pasuje do Twojego pokoju? Opisz go, chętnie pomożemy.",
                },
                {
                    "en": "A question about this lamp? We know every screw of it.",
                    "tr": "Bu lambayla ilgili bir sorunuz mu var? Her vidasını tanıyoruz.",
                    "pl": "Masz pytanie o\u00a0tę lampę? Znamy każdą jej śrubkę.",
                },
            ]
        ),
    ),
    InvitationData(
        name="Hesitating at the checkout",
        conditions=Conditions(
            idle_seconds=40,
            urls=["/demo/*/checkout/"],
            within_opening_hours=True,
            agents_available=True,
        ),
        wording=Wording(
            texts=[
                {
                    "en": "Is anything unclear before you order? Ask us, somebody is here.",
                    "tr": "Sipariş vermeden önce sormak istediğiniz bir şey var mı? Buradayız.",
                    "pl": "Coś jest niejasne przed zamówieniem? Zapytaj, ktoś tu jest.",
                }
            ]
        ),
    ),
]


def invite_visitors(admin: Staff, inbox: Inbox) -> None:
    for data in INVITATIONS:
        create_invitation(admin, inbox, data)
