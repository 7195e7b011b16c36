"""An inbox's invitations to chat: which there are, in which order, and what came of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chat.actions.invitations import (
    InvitationData,
    create_invitation,
    delete_invitation,
    move_invitation,
    switch_invitation,
    update_invitation,
)
from chat.domain.invitations import Conditions
from chat.manage.identity import fetch_inbox
from chat.manage.invitation_form import InvitationForm, initial_of
from chat.manage.invitation_words import conditions_in_words
from chat.models import Invitation
from chat.queries.invitations import COUNTED_DAYS, ENOUGH_SHOWN, Outcome, outcomes_of
from helpdesk.accounts.viewer import current_staff
from helpdesk.core.errors import NotFound
from helpdesk.core.manage.views import ConfirmPage, FormPage, ManageView
from tickets.models import Inbox

TAB = "manage:invitations"
LETTERS = "AB"
# What a new one begins with: patient, and silent when nobody could answer.
BEGINNING = {"seconds_on_page": 45, "agents_available": True}


@dataclass(frozen=True, slots=True)
class Line:
    """What one variant did, for a row of a table."""

    letter: str
    text: str
    outcome: Outcome

    def parts(self) -> Iterator[tuple[str, str]]:
        """Of those to whom it was shown: what they did, and how many of them."""
        named = (
            (_("Accepted"), self.outcome.accepted),
            (_("Chatted"), self.outcome.chatted),
            (_("Solved"), self.outcome.solved),
        )
        for name, count in named:
            rate = self.outcome.rate(count)
            text = _("%(count)s of %(shown)s")
            if rate is not None:
                text = _("%(count)s of %(shown)s (%(rate)s %%)")
            yield name, text % {"count": count, "shown": self.outcome.shown, "rate": rate}


class InvitationList(ManageView):
    """Lists them; its buttons change the order, and switch one on or off."""

    slug, title, template = "inboxes", gettext_lazy("Invitations"), "manage/invitations.html"
    tab = TAB

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        inbox = fetch_inbox(pk)
        outcomes = outcomes_of(inbox)
        rows = [
            {
                "invitation": one,
                "conditions": conditions_in_words(Conditions(**one.conditions)),
                "lines": lines_of(inbox, one, outcomes.get(one.pk, [])),
            }
            for one in Invitation.objects.filter(inbox=inbox)
        ]
        return self.show(target=inbox, rows=rows, days=COUNTED_DAYS, enough=ENOUGH_SHOWN)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        verb, _colon, key = request.POST.get("do", "").partition(":")
        invitation = fetch_invitation(key, inbox_id=pk)
        viewer = current_staff(request)
        match verb:
            case "up" | "down":
                move_invitation(viewer, invitation, by=-1 if verb == "up" else 1)
                messages.success(request, _("Moved."))
            case "on" | "off":
                switch_invitation(viewer, invitation, is_active=verb == "on")
                messages.success(request, _("Pages of the shop know it within five minutes."))
        return redirect(f"{request.path}#invitation-{invitation.pk}")


class InvitationPage(FormPage):
    slug, title, template = "inboxes", gettext_lazy("Invitation"), "manage/invitation.html"
    tab = TAB

    def show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """The tabs are those of the inbox."""
        invitation = context.pop("target")
        inbox, back = invitation.inbox, back_to(invitation.inbox_id)
        return super().show(
            status=status, target=inbox, invitation=invitation, back=back, **context
        )

    def fetch(self, pk: int) -> Invitation:
        return fetch_invitation(str(pk))

    def build_form(self, target: Invitation, data: Any = None) -> BaseForm:
        return InvitationForm(data, inbox=target.inbox, initial=initial_of(target))

    def perform(self, form: BaseForm, target: Invitation) -> Invitation:
        form = cast(InvitationForm, form)  # as `build_form` says
        cleaned = form.cleaned_data
        data = InvitationData(
            name=cleaned["name"],
            conditions=form.part,
            wording=form.wording,
            every_hours=cleaned["every_hours"],
            is_active=cleaned["is_active"],
        )
        viewer = current_staff(self.request)
        if target.pk is None:
            return create_invitation(viewer, target.inbox, data)
        update_invitation(viewer, target, data)
        return target

    def after(self, result: Invitation) -> str:
        return back_to(result.inbox_id)


class NewInvitation(InvitationPage):
    """`pk` is that of its inbox."""

    title = gettext_lazy("New invitation")

    def fetch(self, pk: int) -> Invitation:
        return Invitation(inbox=fetch_inbox(pk), conditions=BEGINNING)


class DeleteInvitation(ConfirmPage):
    slug, done = "inboxes", gettext_lazy("The invitation is deleted.")

    def fetch(self, pk: int) -> Invitation:
        return fetch_invitation(str(pk))

    def question(self, target: Invitation) -> dict[str, Any]:
        return {
            "heading": _("Delete the invitation “%(name)s”?") % {"name": target.name},
            "explanation": _(
                "Its counts go with it. To pause it, switch it off instead: then they stay."
            ),
            "verb": _("Delete invitation"),
            "back": self.after(target),
        }

    def perform(self, target: Invitation) -> None:
        delete_invitation(current_staff(self.request), target)

    def after(self, target: Invitation) -> str:
        return back_to(target.inbox_id)


def fetch_invitation(key: str, **which: Any) -> Invitation:
    """Raises NotFound."""
    found = Invitation.objects.select_related("inbox").filter(**which)
    invitation = found.filter(pk=int(key)).first() if key.isdecimal() else None
    if invitation is None:
        raise NotFound
    return invitation


def back_to(inbox_id: int) -> str:
    return reverse(TAB, args=[inbox_id])


def lines_of(inbox: Inbox, invitation: Invitation, outcomes: list[Outcome]) -> list[Line]:
    """One for each text, whether or not it has done anything yet."""
    known = {outcome.variant: outcome for outcome in outcomes}
    return [
        Line(letter, first_text(inbox, texts), known.get(variant, Outcome(variant)))
        for variant, (letter, texts) in enumerate(zip(LETTERS, invitation.texts, strict=False))
    ]


def first_text(inbox: Inbox, texts: dict[str, str]) -> str:
    """In the first of the inbox's languages that has one."""
    return next((texts[code] for code in (*inbox.languages, *texts) if code in texts), "")


urls = [
    path("<int:pk>/invitations/", InvitationList.as_view(), name="invitations"),
    path("<int:pk>/invitations/new/", NewInvitation.as_view(), name="invitation-new"),
    path("invitations/<int:pk>/", InvitationPage.as_view(), name="invitation"),
    path("invitations/<int:pk>/delete/", DeleteInvitation.as_view(), name="invitation-delete"),
]
