"""The list of inboxes, and what each of them is first of all."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext_lazy

from helpdesk.accounts.models import Team
from helpdesk.accounts.viewer import current_staff
from helpdesk.core.errors import Invalid
from helpdesk.core.manage.views import FormPage, ListPage
from tickets.actions.inboxes import InboxData, clean_origin, create_inbox, update_inbox
from tickets.models import Inbox
from tickets.views.manage.colors import colors_of
from tickets.views.manage.settings import LANGUAGES, fetch_inbox


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
        help_text=gettext_lazy("It speaks the page’s own language if it is among these."),
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
        help_text=gettext_lazy(
            "One a line; others cannot show your chat as theirs. None: any website may."
        ),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        max_length=32,
        help_text=gettext_lazy("Offered for what chat cannot solve."),
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("The widget is on"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Off: your pages show nothing, and conversations stay as they are."),
    )

    def clean_allowed_origins(self) -> list[str]:
        try:
            return [clean_origin(origin) for origin in self.cleaned_data["allowed_origins"].split()]
        except Invalid as error:
            raise ValidationError(str(error.message)) from error


class InboxList(ListPage):
    slug, title, template = "inboxes", gettext_lazy("Inboxes"), "manage/inboxes.html"

    def context(self) -> dict[str, Any]:
        inboxes = Inbox.objects.select_related("team").order_by("-is_active", "name")
        return {"inboxes": inboxes}


class InboxPage(FormPage):
    slug, title, template = "inboxes", gettext_lazy("New inbox"), "manage/inbox.html"
    tab = "manage:inbox"
    form_class = InboxForm

    def fetch(self, pk: int) -> Inbox:
        return fetch_inbox(pk)

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
        team = fields.pop("team")
        data = InboxData(team_id=team.pk if team else None, **fields)
        viewer = current_staff(self.request)
        return update_inbox(viewer, target, data) if target else create_inbox(viewer, data)

    def beside(self, target: Inbox | None) -> dict[str, Any]:
        return colors_of(target.brand_color) if target is not None else {}

    def after(self, result: Inbox) -> str:
        """A new one is put on its website next."""
        is_new = "pk" not in self.kwargs
        return reverse("manage:inbox-install" if is_new else "manage:inbox", args=[result.pk])
