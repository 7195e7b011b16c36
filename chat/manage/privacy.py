"""Who asked to be forgotten, and forgetting him."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chat.actions.erase import erase
from chat.models import ErasureRequest
from helpdesk.accounts.viewer import current_staff
from helpdesk.core.errors import NotFound
from helpdesk.core.manage.views import ConfirmPage, ListPage

SHOWN = 200
DONE_SHOWN = 20


class RequestList(ListPage):
    slug, title, template = "privacy", gettext_lazy("Privacy requests"), "manage/privacy.html"

    def context(self) -> dict[str, Any]:
        found = ErasureRequest.objects.select_related("contact", "inbox", "done_by")
        done = found.filter(done_at__isnull=False)
        return {
            "requests": found.filter(done_at=None).order_by("created_at")[:SHOWN],
            "done": done.order_by("-done_at")[:DONE_SHOWN],
        }


class ErasePage(ConfirmPage):
    """Cannot be taken back: done only for whoever has typed the person's name."""

    slug, template = "privacy", "manage/privacy_erase.html"
    done = gettext_lazy("The person is forgotten.")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        target = self.fetch(pk)
        if request.POST.get("typed", "").strip() != target.contact.display_name:
            refusal = _("This is not the name. Nothing was erased.")
            return self.show(status=422, **self.question(target), refusal=refusal)
        return super().post(request, pk)

    def fetch(self, pk: int) -> ErasureRequest:
        request = ErasureRequest.objects.select_related("contact").filter(pk=pk, done_at=None)
        found = request.first()
        if found is None:
            raise NotFound
        return found

    def question(self, target: ErasureRequest) -> dict[str, Any]:
        name = target.contact.display_name
        return {
            "heading": _("Erase %(name)s?") % {"name": name},
            "explanation": _(
                "Name, addresses, notes, messages and files of this person are emptied for good, in"
                " every inbox. What your team wrote stays, and so do the figures. This cannot be"
                " undone."
            ),
            "verb": _("Erase for good"),
            "name": name,
        }

    def perform(self, target: ErasureRequest) -> None:
        erase(current_staff(self.request), target)


urls = [
    path("", RequestList.as_view(), name="privacy"),
    path("<int:pk>/erase/", ErasePage.as_view(), name="privacy-erase"),
]
