// @ts-check
/** Short news at the foot of the screen; a toast with an action stays longer, an error stays. */
import { signal } from "./view.js";

/** @typedef {{id: number, text: string, kind: "info"|"error", action?: {label: string, run: () => void}}} Toast */

const MOST = 3;
const SHOW_MS = 6_000;
const SHOW_WITH_ACTION_MS = 10_000;

export const toasts = signal(/** @type {Toast[]} */ ([]));
const timers = /** @type {Map<number, any>} */ (new Map());
let lastId = 0;

/** @param {number} id */
export function dismiss(id) {
  clearTimeout(timers.get(id));
  timers.delete(id);
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

/** @param {Toast} toast */
function schedule(toast) {
  if (toast.kind === "error") return;
  const ms = toast.action ? SHOW_WITH_ACTION_MS : SHOW_MS;
  timers.set(toast.id, setTimeout(() => dismiss(toast.id), ms));
}

/** @param {string} text @param {{kind?: Toast["kind"], action?: Toast["action"]}} [options] */
export function toast(text, { kind = "info", action } = {}) {
  const made = { id: ++lastId, text, kind, action };
  toasts.value = [...toasts.value, made].slice(-MOST);
  schedule(made);
}

/** While somebody reads or reaches for it, it does not go away. */
export const pause = () => {
  for (const timer of timers.values()) clearTimeout(timer);
};
export const resume = () => toasts.value.forEach(schedule);

/** The last action that can be undone; answers whether there was one. */
export function undoLast() {
  const last = [...toasts.value].reverse().find((each) => each.action);
  if (!last) return false;
  dismiss(last.id);
  last.action?.run();
  return true;
}
