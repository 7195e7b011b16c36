"""The company's other addresses, as people paste them."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tickets.domain.chat_settings import Channels
from tickets.domain.phones import REGION_OF_LANGUAGE, read_phone
from tickets.views.manage.settings import PartForm, PartPage


def account(text: str, hosts: str, allowed: str, refusal: str) -> str:
    """The name of an account, from itself, from `@name`, or from its address at one of `hosts`.
    Raises ValidationError with `refusal`."""
    name = re.sub(rf"^(?:https?://)?(?:www\.)?(?:{hosts})/", "", text.strip(), flags=re.IGNORECASE)
    name = name.split("?")[0].strip("/@")
    if not re.fullmatch(allowed, name):
        raise ValidationError(refusal)
    return name


class ChannelsForm(PartForm):
    part_class = Channels
    groups = (("", ("whatsapp", "telegram", "messenger", "email")),)

    whatsapp = forms.CharField(
        label="WhatsApp",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "placeholder": "+90 532 123 45 67"}),
        help_text=gettext_lazy("The number of your WhatsApp account."),
    )
    telegram = forms.CharField(
        label="Telegram",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"placeholder": "@shop"}),
        help_text=gettext_lazy("The name of your account or bot."),
    )
    messenger = forms.CharField(
        label="Messenger",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"placeholder": "m.me/shop"}),
        help_text=gettext_lazy("The name of your Facebook page, as in its address."),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        help_text=gettext_lazy("For those who would rather write from their own mailbox."),
    )

    def clean_whatsapp(self) -> str:
        text = self.cleaned_data["whatsapp"]
        if not text:
            return ""
        regions = [
            REGION_OF_LANGUAGE[code] for code in self.inbox.languages if code in REGION_OF_LANGUAGE
        ]
        try:
            return read_phone(text, regions)
        except ValueError as error:
            refusal = _("Enter a telephone number with its country, like +90 532 123 45 67.")
            raise ValidationError(refusal) from error

    def clean_telegram(self) -> str:
        refusal = _("Enter a name like @shop: letters, digits and underscores.")
        hosts = r"t\.me|telegram\.me"
        return account(self.cleaned_data["telegram"], hosts, r"[A-Za-z0-9_]{0,32}", refusal)

    def clean_messenger(self) -> str:
        refusal = _("Enter the page’s name, as in m.me/shop.")
        hosts = r"m\.me|facebook\.com|fb\.com"
        return account(self.cleaned_data["messenger"], hosts, r"[A-Za-z0-9.]{0,80}", refusal)


class ChannelsPage(PartPage):
    tab, part, form_class = "manage:inbox-channels", "channels", ChannelsForm
    about = gettext_lazy(
        "Other ways to you, shown in the chat. Only what you fill in; the phone is under General."
    )
