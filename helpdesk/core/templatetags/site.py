"""What every server-rendered page says about itself: name, theme, languages, icons."""

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

register = template.Library()
THEMES = {"light", "dark", "system"}


@register.simple_tag
def site_name() -> str:
    """The company whose help pages these are."""
    return str(settings.SITE_NAME)


@register.simple_tag(takes_context=True)
def theme(context: template.Context) -> str:
    """Light, dark or system: the user's own choice, else the browser's cookie.

    static/pages/theme.js turns "system" into one of the other two before the first paint.
    """
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return str(user.theme)
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else "system"


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    return format_html(
        '<svg class="i{}" aria-hidden="true" focusable="false"><use href="{}#i-{}"/></svg>',
        f" {classes}" if classes else "",
        static("icons/sprite.svg"),
        name,
    )


@register.simple_tag
def languages() -> list[dict[str, str]]:
    """Code, short label and own name of each language of the product."""
    return [
        {"code": code, "label": code.upper(), "name": get_language_info(code)["name_local"].title()}
        for code, _ in settings.LANGUAGES
    ]


@register.filter
def initials(name: str) -> str:
    words = name.split()
    return "".join(
        word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)
    ).upper()


@register.filter
def tint(key: int) -> int:
    """One of the eight avatar tints."""
    return key % 8 + 1


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's widget in our look; Django adds ids, descriptions and aria-invalid."""
    widget = field.field.widget
    plain = isinstance(widget, CheckboxInput | CheckboxSelectMultiple | RadioSelect)
    return field.as_widget(attrs={} if plain else {"class": "input"})


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_choice_list(field: BoundField) -> bool:
    """Several boxes or buttons, which need a fieldset and not a label."""
    return isinstance(field.field.widget, CheckboxSelectMultiple | RadioSelect)


@register.filter
def is_select(field: BoundField) -> bool:
    return isinstance(field.field.widget, Select) and not is_choice_list(field)
