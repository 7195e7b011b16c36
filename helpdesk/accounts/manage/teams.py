from typing import Any

from django import forms
from django.db.models import Count
from django.forms import BaseForm
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk.accounts.actions import create_team, delete_team, update_team
from helpdesk.accounts.models import Team, User
from helpdesk.accounts.viewer import current_staff
from helpdesk.core.errors import NotFound
from helpdesk.core.manage.views import ConfirmPage, FormPage, ListPage


class TeamForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    members = forms.ModelMultipleChoiceField(
        User.objects.filter(is_active=True).order_by("name"),
        label=gettext_lazy("Members"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def fetch_team(pk: int) -> Team:
    team = Team.objects.filter(pk=pk).first()
    if team is None:
        raise NotFound
    return team


class TeamList(ListPage):
    slug, title, template = "teams", gettext_lazy("Teams"), "manage/teams.html"

    def context(self) -> dict[str, Any]:
        return {"teams": Team.objects.annotate(size=Count("memberships")).order_by("name")}


class TeamPage(FormPage):
    slug, title, template = "teams", gettext_lazy("New team"), "manage/team.html"
    form_class = TeamForm

    def fetch(self, pk: int) -> Team:
        return fetch_team(pk)

    def initial(self, target: Team) -> dict[str, Any]:
        return {"name": target.name, "members": target.members.all()}

    def perform(self, form: BaseForm, target: Team | None) -> Team:
        viewer, data = current_staff(self.request), form.cleaned_data
        members = [user.pk for user in data["members"]]
        if target is None:
            return create_team(viewer, data["name"], members)
        return update_team(viewer, target, data["name"], members)


class DeleteTeam(ConfirmPage):
    slug, done = "teams", gettext_lazy("Team deleted.")

    def fetch(self, pk: int) -> Team:
        return fetch_team(pk)

    def question(self, target: Team) -> dict[str, Any]:
        return {
            "heading": _("Delete the team %(name)s?") % {"name": target.name},
            "explanation": _(
                "Its tickets and inboxes stay, but belong to no team until you say so."
            ),
            "verb": _("Delete team"),
        }

    def perform(self, target: Team) -> None:
        delete_team(current_staff(self.request), target)


urls = [
    path("", TeamList.as_view(), name="teams"),
    path("new/", TeamPage.as_view(), name="team-new"),
    path("<int:pk>/", TeamPage.as_view(), name="team"),
    path("<int:pk>/delete/", DeleteTeam.as_view(), name="team-delete"),
]
