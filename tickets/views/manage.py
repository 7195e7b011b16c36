"""The managers' page for inboxes: how the widget looks, who answers, and its snippet."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.forms import BaseForm
from django.urls import path, reverse
from django.utils.translation import get_language_info, gettext_lazy

from helpdesk.accounts.models import Team
from helpdesk.accounts.viewer import current_staff
from helpdesk.core.color import DARK_SURFACE, LIGHT_SURFACE, contrast, ink_on, text_in
from helpdesk.core.errors import NotFound
from helpdesk.core.manage import Page
from helpdesk.core.manage.views import FormPage, ListPage
from tickets.actions.inboxes import InboxData, create_inbox, update_inbox
from tickets.models import Inbox

LANGUAGES = [
    (code, get_language_info(code)["name_local"].title()) for code, _name in settings.LANGUAGES
]


class InboxForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        help_text=gettext_lazy("Visitors see it in the widget."),
    )
    brand_color = forms.CharField(
        label=gettext_lazy("Brand colour"),
        initial="#4252cd",
        validators=[
            RegexValidator(r"^#[0-9a-fA-F]{6}$", gettext_lazy("Enter a colour like #1a533e."))
        ],
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=gettext_lazy("The text on it is black or white, whichever can be read better."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages of the widget"),
        choices=LANGUAGES,
        initial=["en", "tr", "pl"],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one language.")},
    )
    team = forms.ModelChoiceField(
        Team.objects.order_by("name"),
        label=gettext_lazy("Team"),
        required=False,
        empty_label=gettext_lazy("No team"),
        help_text=gettext_lazy("New chats go to this team first."),
    )
    allowed_origins = forms.CharField(
        label=gettext_lazy("Websites that may show the widget"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "https://shop.example"}),
        help_text=gettext_lazy("One a line. Our own address is always allowed."),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        max_length=32,
        help_text=gettext_lazy("Offered for what chat cannot solve."),
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("The widget is on"), required=False, initial=True
    )


class InboxList(ListPage):
    slug, title, template = "inboxes", gettext_lazy("Inboxes"), "manage/inboxes.html"

    def context(self) -> dict[str, Any]:
        inboxes = Inbox.objects.select_related("team").order_by("-is_active", "name")
        return {"inboxes": inboxes}


class InboxPage(FormPage):
    slug, title, template = "inboxes", gettext_lazy("New inbox"), "manage/inbox.html"
    form_class = InboxForm

    def fetch(self, pk: int) -> Inbox:
        inbox = Inbox.objects.filter(pk=pk).first()
        if inbox is None:
            raise NotFound
        return inbox

    def initial(self, target: Inbox) -> dict[str, Any]:
        return {
            "name": target.name,
            "brand_color": target.brand_color,
            "languages": target.languages,
            "team": target.team_id,
            "allowed_origins": "\n".join(target.allowed_origins),
            "phone": target.phone,
            "is_active": target.is_active,
        }

    def perform(self, form: BaseForm, target: Inbox | None) -> Inbox:
        fields = dict(form.cleaned_data)
        team, origins = fields.pop("team"), fields.pop("allowed_origins").split()
        data = InboxData(team_id=team.pk if team else None, allowed_origins=origins, **fields)
        viewer = current_staff(self.request)
        return update_inbox(viewer, target, data) if target else create_inbox(viewer, data)

    def beside(self, target: Inbox | None) -> dict[str, Any]:
        """The snippet, and how the colour comes out in both themes."""
        if target is None:
            return {}
        brand = target.brand_color
        ink = ink_on(brand)
        themes = [
            {"surface": surface, "text": text, "ratio": round(contrast(text, surface), 1)}
            for surface in (LIGHT_SURFACE, DARK_SURFACE)
            for text in [text_in(brand, surface)]
        ]
        address = f"{settings.PUBLIC_URL}/widget/loader.js?i={target.public_id}"
        return {
            "brand": brand,
            "ink": ink,
            "ink_ratio": round(contrast(brand, ink), 1),
            "themes": themes,
            "snippet": f'<script async src="{address}"></script>',
        }

    def after(self, result: Inbox) -> str:
        return reverse("manage:inbox", args=[result.pk])


PAGE = Page(
    "inboxes",
    gettext_lazy("Inboxes"),
    "plug-connected",
    30,
    [
        path("", InboxList.as_view(), name="inboxes"),
        path("new/", InboxPage.as_view(), name="inbox-new"),
        path("<int:pk>/", InboxPage.as_view(), name="inbox"),
    ],
)
