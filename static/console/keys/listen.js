// @ts-check
import { menu, ticket } from "../ui.js";
import { COMMANDS } from "./commands.js";
import { commandOf } from "./map.js";

const SECOND_KEY_WITHIN_MS = 1_500;

/** @param {EventTarget|null} target */
const isTyping = (target) => target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");

/** Arrows belong to the list alone; elsewhere they scroll or move inside a group. @param {KeyboardEvent} event */
function isArrowElsewhere(event) {
  if (!event.key.startsWith("Arrow")) return false;
  const target = /** @type {HTMLElement} */ (event.target);
  return !target.closest?.(".list__scroll");
}

export function listenToKeys() {
  let gAt = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || menu.value || document.querySelector("dialog[open]")) return;
    if (isArrowElsewhere(event)) return;
    const afterG = Date.now() - gAt < SECOND_KEY_WITHIN_MS;
    const command = commandOf(event, { typing: isTyping(event.target), afterG });
    gAt = command === "g" ? Date.now() : 0;
    if (!command || command === "g") return;
    if (command === "newest" && !ticket.value) return;
    if (COMMANDS[command](event) !== false) event.preventDefault();
  });
}
