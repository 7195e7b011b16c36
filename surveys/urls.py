from django.urls import path

from surveys import views

app_name = "surveys"
urlpatterns = [
    path("widget/<uuid:inbox>/surveys/<uuid:invitation>/", views.answer, name="answer"),
]
