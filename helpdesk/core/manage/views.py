"""The CRUD base: who may come in, and list, form and confirmation pages in one look.

A page derives from these, names its form and its templates, and lets `perform` call an action;
a DomainError of the action stands above the form.
"""

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views import View

from helpdesk.core.errors import DomainError, NotAllowed
from helpdesk.core.manage.registry import pages, tabs

PERMISSION = "manage"


class ManageView(View):
    """Lets managers in; everybody else is sent to sign in, or told no."""

    slug: ClassVar[str] = ""
    title: str | Promise = ""
    template: str = ""
    # The name of the tab's first address, on a page that is one of several about one thing.
    tab: str = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if PERMISSION not in getattr(request.user, "permissions", ()):
            raise NotAllowed
        return super().dispatch(request, *args, **kwargs)

    def show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        shell: dict[str, Any] = {"pages": pages(), "slug": self.slug, "title": self.title}
        if context.get("target") is not None:
            shell |= {"tabs": tabs(self.slug), "tab": self.tab}
        return render(self.request, self.template, shell | context, status=status)


class Home(ManageView):
    def get(self, request: HttpRequest) -> HttpResponse:
        """The area opens with its first page."""
        return redirect(f"manage:{pages()[0].slug}")


class ListPage(ManageView):
    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(**self.context())

    def context(self) -> dict[str, Any]:
        raise NotImplementedError


class FormPage(ManageView):
    """Creates (no `pk` in the address) or edits one thing."""

    template = "manage/form.html"
    form_class: type[BaseForm] = Form
    saved: str | Promise = ""

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        target = self.fetch(pk) if pk is not None else None
        form = self.build_form(target)
        return self.show(form=form, target=target, **self.beside(target))

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        target = self.fetch(pk) if pk is not None else None
        form = self.build_form(target, request.POST)
        if form.is_valid():
            try:
                result = self.perform(form, target)
            except DomainError as error:
                form.add_error(self.field_of(error), str(error.message))
            else:
                messages.success(request, str(self.saved or _("Saved.")))
                return redirect(self.after(result))
        return self.show(status=422, form=form, target=target, **self.beside(target))

    def fetch(self, pk: int) -> Any:
        """The thing to edit; raises NotFound."""
        raise NotImplementedError

    def build_form(self, target: Any, data: Any = None) -> BaseForm:
        initial = self.initial(target) if target is not None else None
        return self.form_class(data, initial=initial)

    def initial(self, target: Any) -> dict[str, Any]:
        raise NotImplementedError

    def perform(self, form: BaseForm, target: Any) -> Any:
        """Calls one action with the form's cleaned data."""
        raise NotImplementedError

    def field_of(self, error: DomainError) -> str | None:
        """Beside which field a refusal stands; None: above the form."""
        return None

    def beside(self, target: Any) -> dict[str, Any]:
        return {}

    def after(self, result: Any) -> str:
        return reverse(f"manage:{self.slug}")


class ConfirmPage(ManageView):
    """Asks before it does what cannot be undone; on POST it is done."""

    template = "manage/confirm.html"
    done: str | Promise = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(**self.question(self.fetch(pk)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        target = self.fetch(pk)
        try:
            self.perform(target)
        except DomainError as error:
            context = self.question(target) | {"refusal": error.message}
            return self.show(status=422, **context)
        messages.success(request, str(self.done))
        return redirect(self.after(target))

    def fetch(self, pk: int) -> Any:
        raise NotImplementedError

    def question(self, target: Any) -> dict[str, Any]:
        """`heading`, `explanation` and `verb` of the page; `back`, if not to the list."""
        raise NotImplementedError

    def perform(self, target: Any) -> None:
        raise NotImplementedError

    def after(self, target: Any) -> str:
        return reverse(f"manage:{self.slug}")
