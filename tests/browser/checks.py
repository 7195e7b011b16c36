"""What must hold on every screen; each check answers with what is wrong, in words."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from playwright.sync_api import Frame, Page

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
# The rules of WCAG 2.2 AA, and those that axe's makers think best. `preload` would fetch.
RUN_AXE = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await axe.run(document, { runOnly: tags, preload: false, resultTypes: ["violations"] });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target} ${failureSummary}`));
}"""
# Links inside a sentence are exempt (2.5.8), and so is what only the keyboard brings on screen.
SMALL_TARGETS = """() => {
  const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=menuitem], [role=menuitemradio], [role=tab]";
  const isInline = (element) => element.matches("a, .linkbtn, .linkish") && getComputedStyle(element).display === "inline";
  const boxOf = (element) => {
    const label = element.matches("input") && element.closest("label");
    return (label || element).getBoundingClientRect();
  };
  return [...document.querySelectorAll(wanted)].filter((element) => {
    const { width, height } = boxOf(element);
    const hidden = !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest(".vh, .skip, [inert]");
    return !hidden && width > 0 && !isInline(element) && (width < 23.9 || height < 23.9);
  }).map((element) => {
    const { width, height } = boxOf(element);
    return `small target ${Math.round(width)} x ${Math.round(height)}: ${element.outerHTML.slice(0, 120)}`;
  });
}"""
SIDEWAYS = """() => {
  const page = document.scrollingElement;
  if (page.scrollWidth <= innerWidth) return [];
  const wide = [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > innerWidth + 1);
  return [`scrolls sideways, ${page.scrollWidth} of ${innerWidth} px: ${wide.slice(0, 3).map((each) => each.outerHTML.slice(0, 100))}`];
}"""
MOVES = """() => {
  const longest = (list) => Math.max(...list.split(",").map((time) => parseFloat(time) * (time.includes("ms") ? 1 : 1000)));
  return [...document.querySelectorAll("*")].filter((element) => {
    const style = getComputedStyle(element);
    return longest(style.transitionDuration) > 10 || (style.animationName !== "none" && longest(style.animationDuration) > 10);
  }).map((element) => `moves: ${element.outerHTML.slice(0, 120)}`);
}"""


@lru_cache(maxsize=1)
def axe_source() -> str:
    return AXE.read_text()


def faults(screen: Page | Frame) -> list[str]:
    """Against accessibility: axe's rules, and targets that are hard to hit."""
    if not screen.evaluate("() => 'axe' in window"):
        screen.evaluate(axe_source())
    return [*screen.evaluate(RUN_AXE), *small_targets(screen)]


def small_targets(screen: Page | Frame) -> list[str]:
    """What is smaller than 24 by 24 pixels."""
    found: list[str] = screen.evaluate(SMALL_TARGETS)
    return found


def sideways(page: Page) -> list[str]:
    """Whether one has to scroll sideways at 320 px, or at 400 % on a laptop; the size is put back."""
    before = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    found: list[str] = page.evaluate(SIDEWAYS)
    if before:
        page.set_viewport_size(before)
    return found


def movements(screen: Page | Frame) -> list[str]:
    """What still moves for somebody who asked that nothing does."""
    found: list[str] = screen.evaluate(MOVES)
    return found
