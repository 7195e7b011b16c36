"""What can be measured, by name."""

from benchmarks.chat.targets.base import Target
from benchmarks.chat.targets.reference import Reference

TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Reference("reference-default", connections="default"),
        Reference("reference-kept", connections="kept"),
        Reference("reference-kept-x2", connections="kept", processes=2),
    )
}
