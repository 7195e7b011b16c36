"""No pages: the reference has sockets alone."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
