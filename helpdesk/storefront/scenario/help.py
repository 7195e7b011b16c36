"""The shop's help centre. One article a file: its title is the first line."""

import random
from pathlib import Path

from django.db.models import F

from faq.actions import create_article, create_category, write_translation
from faq.models import Article, Icon

FOLDER = Path(__file__).parent / "articles"
LANGUAGES = ("en", "tr", "pl")
CATEGORIES: list[tuple[Icon, dict[str, tuple[str, str]], list[str]]] = [
    (
        Icon.DELIVERY,
        {
            "en": ("Orders and delivery", "Tracking, delivery dates, changing an address"),
            "tr": ("Sipariş ve teslimat", "Takip, teslimat günleri, adres değişikliği"),
            "pl": ("Zamówienia i dostawa", "Śledzenie, terminy dostaw, zmiana adresu"),
        },
        ["where-is-my-order", "change-delivery-address"],
    ),
    (
        Icon.RETURN,
        {
            "en": ("Returns and refunds", "60 days to decide, free pickup for large items"),
            "tr": (
                "İade ve para iadesi",
                "Karar için 60 gün, büyük ürünlerde ücretsiz teslim alma",
            ),
            "pl": ("Zwroty i reklamacje", "60 dni na decyzję, bezpłatny odbiór dużych produktów"),
        },
        ["damaged-on-arrival", "return-a-lamp", "when-is-my-refund"],
    ),
    (
        Icon.LAMP,
        {
            "en": ("Lighting guides", "Bulbs, dimmers, hanging heights"),
            "tr": ("Aydınlatma rehberi", "Ampuller, dimmerlar, asma yüksekliği"),
            "pl": ("Poradniki o świetle", "Żarówki, ściemniacze, wysokość zawieszenia"),
        },
        ["choosing-a-dimmer", "pendant-height"],
    ),
    (
        Icon.TOOLS,
        {
            "en": ("Assembly", "Step by step, with the tools you need"),
            "tr": ("Kurulum", "Adım adım, gereken aletlerle"),
            "pl": ("Montaż", "Krok po kroku, z potrzebnymi narzędziami"),
        },
        ["assembling-arc"],
    ),
    (
        Icon.PAYMENT,
        {
            "en": ("Payment and invoices", "Cards, bank transfer, company invoices"),
            "tr": ("Ödeme ve fatura", "Kartlar, havale, şirket faturaları"),
            "pl": ("Płatności i faktury", "Karty, przelew, faktury dla firm"),
        },
        ["vat-invoice", "ways-to-pay"],
    ),
    (
        Icon.SHIELD,
        {
            "en": ("Warranty and parts", "Five years on switches and finishes"),
            "tr": ("Garanti ve parçalar", "Anahtar ve kaplamalarda beş yıl"),
            "pl": ("Gwarancja i części", "Pięć lat na włączniki i powłoki"),
        },
        ["warranty", "spare-parts"],
    ),
]
# How often each article was read, the most asked first.
READ = {
    "where-is-my-order": 812, "damaged-on-arrival": 604, "choosing-a-dimmer": 431,
    "pendant-height": 377, "vat-invoice": 295, "return-a-lamp": 263, "when-is-my-refund": 214,
    "warranty": 120, "change-delivery-address": 98, "assembling-arc": 87, "spare-parts": 61,
    "ways-to-pay": 44,
}  # fmt: skip


def build_help_centre(chance: random.Random) -> None:
    for position, (icon, names, keys) in enumerate(CATEGORIES):
        category = create_category(icon, position, names)
        for key in keys:
            article = create_article(category)
            for language in LANGUAGES:
                path = FOLDER / language / f"{key}.md"
                if path.exists():
                    title, _, body = path.read_text().partition("\n")
                    write_translation(
                        article, language, title=title.removeprefix("# "), body=body.strip()
                    )
            _read(article, READ[key] + chance.randrange(9))


def _read(article: Article, times: int) -> None:
    """One statement for what `note_view` would count one by one."""
    Article.objects.filter(pk=article.pk).update(views=F("views") + times)
