"""The demo shop, mounted at /demo/ when DEMO is on."""

from django.urls import path

from helpdesk.storefront import views

app_name = "storefront"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("<slug:language>/", views.shop, name="shop"),
    path("<slug:language>/lamps/<slug:slug>/", views.product, name="product"),
    path("<slug:language>/checkout/", views.checkout, name="checkout"),
    path("<slug:language>/thanks/", views.thanks, name="thanks"),
]
