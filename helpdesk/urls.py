"""Where everything hangs."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from helpdesk.core import health

urlpatterns = [
    path("", RedirectView.as_view(url="/console/")),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("metrics", health.metrics),
    # One address a person, which a manager sets: allauth's page for more of them stays out.
    path("accounts/email/", RedirectView.as_view(url="/console/")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("help/", include("faq.urls")),
    path("language/", set_language, name="set_language"),
    path("manage/", include("helpdesk.core.manage.urls")),
    path("", include("surveys.urls")),
    path("", include("chat.urls")),
]
if settings.ENV.demo:
    urlpatterns.append(path("demo/", include("helpdesk.storefront.urls")))
