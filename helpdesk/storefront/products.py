"""What the shop sells."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Product:
    slug: str
    name: str
    kind: Promise
    price: int
    text: Promise
    colour: Promise
    specs: tuple[tuple[Promise, str | Promise], ...]

    @property
    def picture(self) -> str:
        return f"storefront/_{self.slug}.svg.html"


PRODUCTS = {
    product.slug: product
    for product in (
        Product(
            slug="halo",
            name="Halo",
            kind=_("Pendant lamp"),
            price=129,
            text=_(
                "A spun-steel dome with a warm, glare-free rim. Made in Łódź, finished by hand."
            ),
            colour=_("Forest"),
            specs=(
                (_("Diameter"), "38 cm"),
                (_("Bulb"), _("E27, up to 60 W")),
                (_("Delivery"), _("2 to 4 working days")),
            ),
        ),
        Product(
            slug="arc",
            name="Arc",
            kind=_("Floor lamp"),
            price=189,
            text=_("A bow of oak that carries its light over the sofa. Ten minutes to assemble."),
            colour=_("Oak"),
            specs=(
                (_("Height"), "182 cm"),
                (_("Bulb"), _("E27, up to 60 W")),
                (_("Delivery"), _("3 to 5 working days")),
            ),
        ),
        Product(
            slug="moss",
            name="Moss",
            kind=_("Table lamp"),
            price=79,
            text=_("A mouth-blown shade on a small oak foot, dimmed by a touch."),
            colour=_("Terracotta"),
            specs=(
                (_("Height"), "34 cm"),
                (_("Bulb"), _("E14, up to 25 W")),
                (_("Delivery"), _("2 to 4 working days")),
            ),
        ),
    )
}
