"""The help centre, mounted at /help/."""

from django.urls import path

from faq import views

app_name = "faq"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("<slug:language>/", views.home, name="home"),
    path("<slug:language>/<slug:slug>/", views.article, name="article"),
]
