// @ts-check
/** Hears the keyboard, and does what its commands say. */
import { assign, drawnRows, reopen, solve } from "../actions/tickets.js";
import { write } from "../drafts.js";
import { closeDetails, toggleDetails } from "../details.js";
import { releaseRows } from "../held.js";
import { goTo } from "../route.js";
import { state } from "../store/store.js";
import { isWorkable } from "../store/views.js";
import { undoLast } from "../toasts.js";
import * as ui from "../ui.js";
import { commandOf } from "./map.js";

const current = () => (ui.ticket.value ? state.value.rows[ui.ticket.value] : undefined);

/** @param {string} selector */
const focus = (selector) => /** @type {HTMLElement|null} */ (document.querySelector(selector))?.focus();

/** The keyboard stays in the list when it was there; the row is scrolled into view. @param {1|-1} step */
function walk(step) {
  const ids = drawnRows().map((row) => row.id);
  const index = ids.indexOf(ui.ticket.value ?? "");
  const id = ids[index < 0 ? (step > 0 ? 0 : ids.length - 1) : index + step];
  if (!id) return;
  goTo({ ticket: id });
  requestAnimationFrame(() => {
    const row = /** @type {HTMLElement|null} */ (document.querySelector(`[data-row="${id}"]`));
    row?.scrollIntoView({ block: "nearest" });
    if (document.activeElement?.closest(".pane--list") || document.activeElement === document.body) row?.focus();
  });
}

/** Where the keyboard lands in a pane: what one came for, else the first stop. @param {Element} pane */
const landing = (pane) =>
  /** @type {HTMLElement|null} */ (pane.querySelector("textarea, [data-row][tabindex='0']") ?? pane.querySelector("[tabindex='0'], button"));

/** @param {1|-1} step */
function movePane(step) {
  const panes = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".side, [data-pane]")]).filter(
    (pane) => pane.getClientRects().length > 0 && landing(pane),
  );
  const index = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(Math.max(index, step > 0 ? -1 : 0) + step + panes.length) % panes.length];
  if (next) landing(next)?.focus();
}

/** One layer at a time: details over the conversation, then the field, then back to the list. */
function escape() {
  if (ui.detailsOpen.value) return closeDetails();
  const field = document.activeElement;
  if (field instanceof HTMLElement && field.matches("textarea, input")) return focus("#conv-name");
  if (matchMedia("(max-width: 767px)").matches) return goTo({ ticket: null });
  return focus(`[data-row="${ui.ticket.value}"]`);
}

function solveOrReopen() {
  const row = current();
  if (!row) return;
  if (isWorkable(row)) solve(row.id);
  else if (row.status === "solved") reopen(row.id);
}

/** @type {Record<string, (event: KeyboardEvent) => void|boolean>} `false`: the key is left to the page */
const COMMANDS = {
  next: () => walk(1),
  previous: () => walk(-1),
  reply: () => write("reply"),
  note: () => write("note"),
  enter: (event) => {
    // On a link or button Enter is that control's; on nothing it goes to the reply.
    if (event.target !== document.body && !(/** @type {HTMLElement} */ (event.target).matches("#conv-name, [role=log]"))) return false;
    write("reply");
    return true;
  },
  solve_next: () => {
    const row = current();
    if (row && isWorkable(row)) solve(row.id, { next: true });
  },
  solve_stay: solveOrReopen,
  assign: () => {
    if (current()) ui.menu.value = "assign";
  },
  assign_me: () => {
    const row = current();
    if (row && row.assignee?.id !== state.value.me) assign(row.id, state.value.me);
  },
  details: () => {
    if (current()) toggleDetails();
  },
  updates: releaseRows,
  undo: () => {
    undoLast();
  },
  me: () => {
    const isPhone = matchMedia("(max-width: 767px)").matches;
    if (isPhone && current()) return; // the bar with the menu is not on screen
    ui.menu.value = isPhone ? "me-phone" : "me";
  },
  newest: () => {
    ui.focusWish.value = "newest";
  },
  help: () => {
    ui.helpOpen.value = true;
  },
  go_mine: () => goTo({ view: "mine", ticket: null }),
  go_unassigned: () => goTo({ view: "unassigned", ticket: null }),
  go_all: () => goTo({ view: "all", ticket: null }),
  go_solved: () => goTo({ view: "solved", ticket: null }),
  escape,
  next_pane: () => movePane(1),
  previous_pane: () => movePane(-1),
};

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
    if (event.defaultPrevented || ui.menu.value || document.querySelector("dialog[open]")) return;
    if (isArrowElsewhere(event)) return;
    const afterG = Date.now() - gAt < SECOND_KEY_WITHIN_MS;
    const command = commandOf(event, { typing: isTyping(event.target), afterG });
    gAt = command === "g" ? Date.now() : 0;
    if (!command || command === "g") return;
    if (command === "newest" && !ui.ticket.value) return;
    if (COMMANDS[command](event) !== false) event.preventDefault();
  });
}
