from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django import forms
from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from helpdesk.accounts.actions import (
    AgentData,
    check_rights,
    create_agent,
    set_active,
    update_agent,
)
from helpdesk.accounts.models import Role, Team, User
from helpdesk.accounts.models.user import CHAT_CAPACITY
from helpdesk.accounts.viewer import current_staff
from helpdesk.core.errors import NotFound
from helpdesk.core.manage.views import ConfirmPage, FormPage, ListPage, ManageView

LANGUAGES = [
    (code, get_language_info(code)["name_local"].title()) for code, _name in settings.LANGUAGES
]


class AgentForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Full name"), max_length=80)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), help_text=gettext_lazy("Used to sign in.")
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=Role.choices,
        initial=Role.AGENT,
        help_text=gettext_lazy(
            "Agents answer their teams’ customers, managers also see everything and these pages."
        ),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the console"), choices=LANGUAGES)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Answers customers in"),
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one language.")},
    )
    teams = forms.ModelMultipleChoiceField(
        Team.objects.order_by("name"),
        label=gettext_lazy("Teams"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    chats = forms.IntegerField(
        label=gettext_lazy("Chats at once"),
        min_value=0,
        max_value=50,
        initial=CHAT_CAPACITY,
        help_text=gettext_lazy("Routing never gives more. Three is a good number."),
    )


def fetch_agent(pk: int) -> User:
    user = User.objects.select_related("capacity").filter(pk=pk).first()
    if user is None:
        raise NotFound
    return user


class AgentList(ListPage):
    slug, title, template = "agents", gettext_lazy("Agents"), "manage/agents.html"

    def context(self) -> dict[str, Any]:
        agents = User.objects.select_related("capacity").prefetch_related("teams")
        return {"agents": agents.order_by("-is_active", "name")}


class AgentPage(FormPage):
    slug, title, template = "agents", gettext_lazy("New agent"), "manage/agent.html"
    form_class = AgentForm

    def fetch(self, pk: int) -> User:
        return fetch_agent(pk)

    def initial(self, target: User) -> dict[str, Any]:
        return {
            "name": target.name,
            "email": target.email,
            "role": target.role,
            "language": target.language,
            "languages": target.languages,
            "teams": target.teams.all(),
            "chats": target.capacity.chats,
        }

    def perform(self, form: BaseForm, target: User | None) -> User:
        viewer, fields = current_staff(self.request), dict(form.cleaned_data)
        data = AgentData(team_ids=[team.pk for team in fields.pop("teams")], **fields)
        if target is None:
            return create_agent(viewer, data)
        return update_agent(viewer, target, data)

    def after(self, result: User) -> str:
        if not result.has_usable_password():
            return reverse("manage:agent-link", args=[result.pk])
        return super().after(result)


class PasswordLink(ManageView):
    """The link by which a person sets his password; shown to the manager, who passes it on."""

    slug, template = "agents", "manage/agent_link.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        agent = fetch_agent(pk)
        return self.show(agent=agent, title=agent.name)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        agent = fetch_agent(pk)
        check_rights(current_staff(request), agent.role)
        token = default_token_generator.make_token(agent)
        address = reverse(
            "account_reset_password_from_key", args=[user_pk_to_url_str(agent), token]
        )
        link = f"{settings.PUBLIC_URL}{address}"
        return self.show(agent=agent, title=agent.name, link=link)


class SwitchAgent(ConfirmPage):
    """Switches an account off, or on again."""

    slug, done = "agents", gettext_lazy("Saved.")

    def fetch(self, pk: int) -> User:
        return fetch_agent(pk)

    def question(self, target: User) -> dict[str, Any]:
        if target.is_active:
            return {
                "heading": _("Switch this account off? %(name)s") % {"name": target.name},
                "explanation": _(
                    "The person is signed out at once, and open chats go to the queue."
                ),
                "verb": _("Switch off"),
            }
        return {
            "heading": _("Switch this account on? %(name)s") % {"name": target.name},
            "explanation": _("The person can sign in again with the old password."),
            "verb": _("Switch on"),
        }

    def perform(self, target: User) -> None:
        set_active(current_staff(self.request), target, active=not target.is_active)


urls = [
    path("", AgentList.as_view(), name="agents"),
    path("new/", AgentPage.as_view(), name="agent-new"),
    path("<int:pk>/", AgentPage.as_view(), name="agent"),
    path("<int:pk>/link/", PasswordLink.as_view(), name="agent-link"),
    path("<int:pk>/switch/", SwitchAgent.as_view(), name="agent-switch"),
]
