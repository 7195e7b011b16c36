"""The managers' area, mounted at /manage/; its pages come from the registry."""

from django.urls import include, path

from helpdesk.core.manage.registry import pages, tabs
from helpdesk.core.manage.views import Home

app_name = "manage"
urlpatterns = [
    path("", Home.as_view(), name="home"),
    *(path(f"{page.slug}/", include(page.urls)) for page in pages()),
    *(path(f"{page.slug}/", include(tab.urls)) for page in pages() for tab in tabs(page.slug)),
]
