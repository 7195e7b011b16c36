"""What a conversation may hold, what is offered when nobody is there, and what we keep."""

from typing import Any

from django import forms
from django.forms import BaseForm
from django.utils.translation import gettext_lazy

from helpdesk.accounts.models import Calendar
from helpdesk.accounts.viewer import current_staff
from tickets.actions.inboxes import update_chat
from tickets.domain.chat_settings import Absence, Conversation, Privacy
from tickets.models import Inbox
from tickets.views.manage.settings import PartForm, PartPage, part_of


def tick(label: Any, why: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=why, required=False)


class ConversationForm(PartForm):
    part_class = Conversation
    groups = (("", ("attachments", "transcript", "peek", "mail_after_minutes")),)

    attachments = tick(
        gettext_lazy("Visitors may send files"),
        gettext_lazy("A picture of the broken part says more than ten messages."),
    )
    transcript = tick(
        gettext_lazy("Visitors may have a copy by e-mail"),
        gettext_lazy("They ask for it themselves, in the chat."),
    )
    peek = tick(
        gettext_lazy("Agents see what is being typed"),
        gettext_lazy("They can look things up meanwhile. Visitors are told that they are seen."),
    )
    mail_after_minutes = forms.IntegerField(
        label=gettext_lazy("Mail unread replies after, in minutes"),
        required=False,
        min_value=1,
        max_value=1440,
        help_text=gettext_lazy("For those who have left before the answer came. Empty: never."),
    )


class ConversationPage(PartPage):
    tab, part, form_class = "manage:inbox-conversation", "conversation", ConversationForm
    about = gettext_lazy("What people can do while they talk.")


class AbsenceForm(PartForm):
    part_class = Absence
    groups = (
        (gettext_lazy("Who is there when"), ("calendar",)),
        (gettext_lazy("What is offered meanwhile"), ("leave_message", "reply_hours", "callback")),
    )

    calendar = forms.ModelChoiceField(
        Calendar.objects.order_by("name"),
        label=gettext_lazy("Opening hours"),
        required=False,
        empty_label=gettext_lazy("Always open"),
        help_text=gettext_lazy("Outside of them visitors are told when somebody is back."),
    )
    leave_message = tick(
        gettext_lazy("Leave a message"),
        gettext_lazy("It is answered by e-mail, and stays in the chat too."),
    )
    reply_hours = forms.IntegerField(
        label=gettext_lazy("Promise an answer within, in opening hours"),
        required=False,
        min_value=1,
        max_value=240,
        help_text=gettext_lazy(
            "Visitors read a day and a time, so promise what you can keep. Empty: no promise."
        ),
    )
    callback = tick(
        gettext_lazy("Ask to be called"),
        gettext_lazy("Visitors choose a time within your opening hours."),
    )

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in Absence.model_fields}


class AbsencePage(PartPage):
    tab, part, form_class = "manage:inbox-absence", "absence", AbsenceForm
    about = gettext_lazy("Nobody should write into nothing.")
    template = "manage/inbox_absence.html"

    def initial(self, target: Inbox) -> dict[str, Any]:
        return super().initial(target) | {"calendar": target.calendar_id}

    def perform(self, form: BaseForm, target: Inbox) -> Inbox:
        calendar = form.cleaned_data["calendar"]
        return update_chat(
            current_staff(self.request),
            target,
            part_of(form),
            calendar_id=calendar and calendar.pk,
        )


class PrivacyForm(PartForm):
    part_class = Privacy
    groups = (("", ("notice_url", "follow_pages", "store_ip")),)

    notice_url = forms.URLField(
        label=gettext_lazy("Your privacy notice"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://shop.example/privacy"}),
        help_text=gettext_lazy("Linked where people say who they are."),
    )
    follow_pages = tick(
        gettext_lazy("Agents see the page a visitor is on"),
        gettext_lazy("Never for browsers that ask not to be tracked."),
    )
    store_ip = tick(
        gettext_lazy("Keep IP addresses"),
        gettext_lazy("Only if you need them against abuse: an address is personal data."),
    )


class PrivacyPage(PartPage):
    tab, part, form_class = "manage:inbox-privacy", "privacy", PrivacyForm
    about = gettext_lazy("What is kept of visitors. The chat sets no cookies on your pages.")
