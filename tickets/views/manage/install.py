"""How the chat comes onto a website: what to paste, and whether it is there."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk.core.manage.views import ManageView
from tickets.models import Inbox
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


class InstallPage(ManageView):
    slug, template = "inboxes", "manage/inbox_install.html"
    tab = "manage:inbox-install"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        target = fetch_inbox(pk)
        return self.show(target=target, **self.beside(target))

    def beside(self, target: Inbox) -> dict[str, Any]:
        return {
            "about": gettext_lazy("One line on each page, and the chat is there."),
            "snippet": snippet_of(target),
            "origin": settings.PUBLIC_URL,
            "chat_page": chat_page_of(target),
            "ways": ways_of(target),
        }
