"""What can be measured, by name."""

from benchmarks.chat.targets.base import Target
from benchmarks.chat.targets.product import Product
from benchmarks.chat.targets.reference import Reference

TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Reference("reference-default", connections="default"),
        Reference("reference-kept", connections="kept"),
        Reference("reference-kept-x2", connections="kept", processes=2),
        Product("product-daphne", server="daphne"),
        Product("product-uvicorn", server="uvicorn"),
        Product("product-daphne-x2", server="daphne", processes=2),
        Product("product-uvicorn-x2", server="uvicorn", processes=2),
    )
}
