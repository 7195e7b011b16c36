"""How the chat comes onto a website: what to paste, and whether it is there."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk.accounts.viewer import current_staff
from helpdesk.core.errors import DomainError
from helpdesk.core.manage.views import ManageView
from tickets.actions.installation import Report, check_installation
from tickets.models import Inbox
from tickets.queries.sightings import sightings_of
from tickets.views.manage.findings import Line, line_of, line_of_refusal
from tickets.views.manage.settings import fetch_inbox

INLINE = """<div id="talk" style="height: 600px"></div>
{snippet}"""
LINK = """<a href="#chat">{words}</a>"""
COMMANDS = """<script>
  window.HelpdeskWidget = window.HelpdeskWidget || { q: [] };
  HelpdeskWidget.q.push(["setStage", "during", { value: 129.9, currency: "EUR" }]);
  HelpdeskWidget.q.push(["on", "unread", (count) => console.log(count)]);
</script>"""


def snippet_of(inbox: Inbox, attributes: str = "") -> str:
    address = f"{settings.PUBLIC_URL}/widget/loader.js?i={inbox.public_id}"
    return f'<script async src="{address}"{attributes}></script>'


def chat_page_of(inbox: Inbox) -> str:
    return f"{settings.PUBLIC_URL}/chat/{inbox.public_id}/"


def ways_of(inbox: Inbox) -> list[dict[str, str]]:
    """Examples with this inbox's own addresses."""
    inline = INLINE.format(snippet=snippet_of(inbox, ' data-target="#talk"'))
    return [
        {"name": "inline", "title": _("As a part of a page"), "code": inline},
        {
            "name": "link",
            "title": _("From any link or button"),
            "code": LINK.format(words=_("Chat with us")),
        },
        {
            "name": "page",
            "title": _("As a page of its own, for mails and posters"),
            "code": chat_page_of(inbox),
        },
        {
            "name": "commands",
            "title": _("What your shop can tell the chat"),
            "code": COMMANDS,
        },
    ]


class CheckForm(forms.Form):
    address = forms.CharField(
        label=gettext_lazy("A page of your site"),
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://shop.example"}),
        help_text=gettext_lazy("We open it once, as a stranger would, and keep nothing of it."),
    )


class InstallPage(ManageView):
    """A check is a POST, since it makes us ask somebody else; its result stands on this page."""

    slug, template = "inboxes", "manage/inbox_install.html"
    tab = "manage:inbox-install"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        target = fetch_inbox(pk)
        seen = sightings_of(target)
        first = next(iter(target.allowed_origins), seen[0][0] if seen else "")
        form = CheckForm(initial={"address": first})
        return self.show(form=form, seen=seen, **self.beside(target))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        target, form = fetch_inbox(pk), CheckForm(request.POST)
        context: dict[str, Any] = {"form": form}
        if form.is_valid():
            try:
                report = check_installation(
                    current_staff(request), target, form.cleaned_data["address"]
                )
            except DomainError as error:
                form.add_error(None, str(error.message))
            else:
                context |= {"report": report, "lines": lines_of(report)}
        context["seen"] = sightings_of(target)
        return self.show(status=200 if form.is_valid() else 422, **context, **self.beside(target))

    def beside(self, target: Inbox) -> dict[str, Any]:
        return {
            "target": target,
            "about": gettext_lazy("One line on each page, and the chat is there."),
            "snippet": snippet_of(target),
            "origin": settings.PUBLIC_URL,
            "chat_page": chat_page_of(target),
            "ways": ways_of(target),
        }


def lines_of(report: Report) -> list[Line]:
    if report.refusal:
        return [line_of_refusal(report.refusal)]
    return [line_of(finding, settings.PUBLIC_URL) for finding in report.findings]
