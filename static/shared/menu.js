// @ts-check
/** How one moves within an open menu: arrows, Home, End, or the first letter of an item. */

/** @param {Element} menu */
export const itemsOf = (menu) =>
  /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("[role^=menuitem]:not([aria-disabled=true])")]);

/** @param {HTMLElement[]} items @param {string} letter */
function byLetter(items, letter) {
  const from = items.indexOf(/** @type {HTMLElement} */ (document.activeElement)) + 1;
  const wanted = letter.toLocaleLowerCase();
  const ordered = [...items.slice(from), ...items.slice(0, from)];
  return ordered.find((item) => (item.textContent ?? "").trim().toLocaleLowerCase().startsWith(wanted));
}

/** @param {KeyboardEvent} event @param {Element} menu */
export function moveInMenu(event, menu) {
  const items = itemsOf(menu);
  const index = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = {
    ArrowDown: items[(index + 1) % items.length],
    ArrowUp: items[(index - 1 + items.length) % items.length],
    Home: items[0],
    End: items[items.length - 1],
  }[event.key];
  const letter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey;
  if (!to && !letter) return;
  event.preventDefault();
  event.stopPropagation();
  (to ?? byLetter(items, event.key))?.focus();
}
