// @ts-check
/** Where the keyboard is, and where it is wanted. */
import { focusWish } from "../ui.js";
import { useEffect } from "../view.js";

/*
 * One tab stop for a group of controls; arrows move inside it. The group's items are found in the
 * document, so that what comes and goes needs no registering.
 */

const ITEMS = "[data-item]:not([disabled])";

/** @param {HTMLElement} group */
const itemsOf = (group) =>
  /** @type {HTMLElement[]} */ ([...group.querySelectorAll(ITEMS)]).filter((item) => item.offsetParent !== null);

/** @type {Record<string, (index: number, count: number) => number>} */
const MOVES = {
  next: (index, count) => (index + 1) % count,
  previous: (index, count) => (index - 1 + count) % count,
  first: () => 0,
  last: (_, count) => count - 1,
};

/** @type {Record<string, Record<string, string>>} */
const KEYS = {
  vertical: { ArrowDown: "next", ArrowUp: "previous", Home: "first", End: "last" },
  horizontal: { ArrowRight: "next", ArrowLeft: "previous", Home: "first", End: "last" },
};

/**
 * The stop of a group is the item that has `tabindex=0`; exactly one has.
 * @param {HTMLElement|null} group
 */
export function settle(group) {
  if (!group) return;
  const items = itemsOf(group);
  const current =
    items.find((item) => item === document.activeElement) ??
    items.find((item) => item.dataset.item === "current") ??
    items.find((item) => item.tabIndex === 0) ??
    items[0];
  for (const item of items) item.tabIndex = item === current ? 0 : -1;
}

/** @param {"vertical"|"horizontal"} direction */
export function onRovingKey(direction) {
  return (/** @type {KeyboardEvent} */ event) => {
    const move = KEYS[direction][event.key];
    const group = /** @type {HTMLElement} */ (event.currentTarget);
    const items = itemsOf(group);
    const index = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (!move || index < 0 || event.ctrlKey || event.metaKey) return;
    const mirrored = direction === "horizontal" && getComputedStyle(group).direction === "rtl";
    const towards = mirrored ? { next: "previous", previous: "next" }[move] ?? move : move;
    event.preventDefault();
    items[MOVES[towards](index, items.length)].focus();
    settle(group);
  };
}

/**
 * The keyboard is wanted somewhere: whoever draws that place takes it, now or when it is there.
 * @param {string} place
 * @param {() => void} take
 */
export function useFocusWish(place, take) {
  const wished = focusWish.value === place;
  useEffect(() => {
    if (!wished) return;
    focusWish.value = null;
    take();
  }, [wished]);
}
