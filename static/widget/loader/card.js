/* The small card above the launcher: an invitation, or what came while the chat was closed. */

/**
 * @param {{root: ShadowRoot, button: HTMLElement, polite: HTMLElement, words: () => any, theme: () => string}} around
 */
function cards({ root, button, polite, words, theme }) {
  let shown = null;

  function drop() {
    if (!shown) return;
    const had = shown.contains(root.activeElement);
    shown.remove();
    shown = null;
    if (had) button.focus();
  }

  /* See `card` in launcher.js, which says what it takes. */
  function draw({ name, text, choices = [] }, opened, dismissed) {
    drop();
    shown = document.createElement("section");
    shown.className = `card ${theme()}`;
    shown.lang = button.lang;
    shown.setAttribute("aria-label", name);
    const said = part("said", "", () => opened());
    const small = document.createElement("small");
    small.append(name);
    said.append(small, text);
    const close = part("close", "\u00d7", dismissed);
    close.setAttribute("aria-label", words().dismiss);
    choices.forEach((choice, index) => part("choice", choice, () => opened(index)));
    shown.addEventListener("keydown", ({ key }) => key === "Escape" && close.click());
    hide(button.hidden);
    root.prepend(shown);
    polite.textContent = `${name}: ${text}`;
  }

  function part(kind, text, then) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = kind;
    made.dir = "auto";
    made.append(text);
    made.addEventListener("click", () => {
      drop();
      then?.();
    });
    shown.append(made);
    return made;
  }

  /* Where the launcher is hidden, so is the card. */
  function hide(on) {
    if (shown) shown.hidden = on;
  }

  return { draw, drop, hide };
}
