/* What must hold on every screen. Each check answers with what is wrong, in words. */
window.checks = (() => {
  const INTERACTIVE =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [role^=menuitem], [role=tab]";
  const show = (element) => element.outerHTML.slice(0, 120);
  /* Also in shadow roots. */
  const all = (selector, root = document) => [
    ...root.querySelectorAll(selector),
    ...[...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => (shadowRoot ? all(selector, shadowRoot) : [])),
  ];

  /* The rules of WCAG 2.2 AA, and those that axe's makers think best. `preload` would fetch. */
  async function axeFaults() {
    const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const options = { runOnly, preload: false, resultTypes: ["violations"] };
    const { violations } = await axe.run(document, options);
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target} ${failureSummary}`),
    );
  }

  /* Links inside a sentence are exempt (2.5.8), and what only the keyboard brings on screen. */
  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !element.closest(".vh, .skip, [inert]");

  function smallTargets() {
    const isInline = (element) =>
      element.matches("a, .linkbtn, .linkish") && getComputedStyle(element).display === "inline";
    const sizeOf = (element) => {
      const label = element.matches("input") && element.closest("label");
      const { width, height } = (label || element).getBoundingClientRect();
      return [width, height];
    };
    const isSmall = (element) => {
      const [width, height] = sizeOf(element);
      return width > 0 && (width < 23.9 || height < 23.9);
    };
    return all(INTERACTIVE)
      .filter((element) => isShown(element) && !isInline(element) && isSmall(element))
      .map((element) => `small target, ${sizeOf(element).map(Math.round).join(" x ")}: ${show(element)}`);
  }

  function sideways() {
    const { scrollWidth } = document.scrollingElement;
    if (scrollWidth <= innerWidth) return [];
    const wide = all("body *").filter((each) => each.getBoundingClientRect().right > innerWidth + 1);
    return [`scrolls sideways, ${scrollWidth} of ${innerWidth} px: ${wide.slice(0, 3).map(show)}`];
  }

  /* Controls that no scrolling brings under a finger; those behind an open layer need not come. */
  function outOfReach() {
    const layers = all("dialog:modal, [role=menu], .emoji");
    const layer = layers[layers.length - 1];
    const places = all("*").filter(({ scrollTop }) => scrollTop).map((element) => [element, element.scrollTop]);
    const isHit = (element) => {
      element.scrollIntoView({ block: "nearest" });
      const { left, top, width, height } = element.getBoundingClientRect();
      const found = element.getRootNode().elementFromPoint(left + width / 2, top + height / 2);
      const around = element.closest("label") ?? element;
      return around.contains(found);
    };
    const lost = all(INTERACTIVE)
      .filter((element) => isShown(element) && (!layer || layer.contains(element)) && !isHit(element))
      .map((element) => `out of reach: ${show(element)}`);
    for (const [element, top] of places) element.scrollTop = top;
    return lost;
  }

  /* What takes longer than 10 ms to be somewhere else. */
  function movements() {
    const toMs = (time) => parseFloat(time) * (time.includes("ms") ? 1 : 1000);
    const isSlow = (times) => Math.max(...times.split(",").map(toMs)) > 10;
    return all("*")
      .filter((element) => {
        const { transitionDuration, animationName, animationDuration } = getComputedStyle(element);
        return isSlow(transitionDuration) || (animationName !== "none" && isSlow(animationDuration));
      })
      .map((element) => `moves: ${show(element)}`);
  }

  return { axeFaults, smallTargets, sideways, outOfReach, movements };
})();
