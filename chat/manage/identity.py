"""An inbox's keys for naming its customers, and how a shop uses them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chat.actions.identity_keys import create_key, retire_key
from chat.models import IdentityKey
from helpdesk.accounts.viewer import current_staff
from helpdesk.core.errors import DomainError, NotFound
from helpdesk.core.manage.views import ConfirmPage, ManageView
from tickets.models import Inbox

# File, heading, and what is said of it; the code itself is tested as it is shown.
SAMPLES = (
    ("token.php", "PHP", gettext_lazy("No library is needed.")),
    ("token.mjs", "Node.js", gettext_lazy("No library is needed.")),
    ("token.py.txt", "Python", gettext_lazy("No library is needed.")),
    (
        "page.html.txt",
        gettext_lazy("On the page"),
        gettext_lazy("Anywhere beside the widget's own line, for customers who are signed in."),
    ),
)


class IdentityPage(ManageView):
    """Lists the keys; a POST makes one, and its answer alone shows the secret."""

    slug, title, template = "inboxes", gettext_lazy("Visitor identity"), "manage/identity.html"
    tab = "manage:identity"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show_keys(fetch_inbox(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        inbox = fetch_inbox(pk)
        try:
            key = create_key(current_staff(request), inbox)
        except DomainError as error:
            return self.show_keys(inbox, status=422, refusal=error.message)
        response = self.show_keys(inbox, secret=key.secret)
        response.headers["Cache-Control"] = "no-store"
        return response

    def show_keys(self, inbox: Inbox, *, status: int = 200, **context: Any) -> HttpResponse:
        keys = list(IdentityKey.objects.filter(inbox=inbox).order_by("-created_at"))
        live = next((key.kid for key in keys if key.retired_at is None), _("KEY"))
        samples = samples_for(inbox, live)
        return self.show(status=status, target=inbox, keys=keys, samples=samples, **context)


class RetireKey(ConfirmPage):
    slug, done = "inboxes", gettext_lazy("The key is retired.")

    def fetch(self, pk: int) -> IdentityKey:
        key = IdentityKey.objects.select_related("inbox").filter(pk=pk, retired_at=None).first()
        if key is None:
            raise NotFound
        return key

    def question(self, target: IdentityKey) -> dict[str, Any]:
        return {
            "heading": _("Retire the key %(kid)s?") % {"kid": target.kid},
            "explanation": _(
                "Whatever it signs is refused at once, and it cannot be used again. Customers who"
                " are known already stay so."
            ),
            "verb": _("Retire key"),
            "back": self.after(target),
        }

    def perform(self, target: IdentityKey) -> None:
        retire_key(current_staff(self.request), target)

    def after(self, target: IdentityKey) -> str:
        return reverse("manage:identity", args=[target.inbox_id])


def fetch_inbox(pk: int) -> Inbox:
    """Raises NotFound."""
    inbox = Inbox.objects.filter(pk=pk, kind="chat").first()
    if inbox is None:
        raise NotFound
    return inbox


def samples_for(inbox: Inbox, kid: str) -> list[dict[str, Any]]:
    """Working code for making a token, with this inbox and key in it."""
    return [
        {
            "name": name.partition(".")[2].partition(".")[0],
            "heading": heading,
            "about": about,
            "text": render_to_string(
                f"manage/samples/{name}", {"inbox": inbox.public_id, "kid": kid}
            ),
        }
        for name, heading, about in SAMPLES
    ]


urls = [
    path("<int:pk>/identity/", IdentityPage.as_view(), name="identity"),
    path("keys/<int:pk>/retire/", RetireKey.as_view(), name="identity-retire"),
]
