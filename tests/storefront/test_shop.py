"""The demo shop's pages."""

import pytest
from django.test import Client
from django.urls import include, path

from helpdesk.storefront.inbox import DEMO_INBOX
from helpdesk.urls import urlpatterns as product

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
urlpatterns = [*product, path("demo/", include("helpdesk.storefront.urls"))]

PATHS = ["", "lamps/halo/", "lamps/arc/", "lamps/moss/", "checkout/", "thanks/"]


@pytest.mark.parametrize("language", ["en", "tr", "pl"])
@pytest.mark.parametrize("page", PATHS)
def test_each_page_carries_the_widget(client: Client, language: str, page: str) -> None:
    answer = client.get(f"/demo/{language}/{page}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in text
    assert f'<script async src="/widget/loader.js?i={DEMO_INBOX}"></script>' in text
    assert text.count("<script") == 1
    assert text.count("<h1") == 1
    assert " style=" not in text
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]


def test_visitor_is_led_to_his_language(client: Client) -> None:
    answer = client.get("/demo/", headers={"accept-language": "pl"})
    assert answer.headers["Location"] == "/demo/pl/"
    assert client.get("/demo/?lang=tr").headers["Location"] == "/demo/tr/"
    assert client.get("/demo/?lang=//evil").headers["Location"] == "/demo/en/"


@pytest.mark.parametrize("page", ["xx/", "en/lamps/sun/"])
def test_what_is_not_sold_is_a_404(client: Client, page: str) -> None:
    assert client.get(f"/demo/{page}").status_code == 404
