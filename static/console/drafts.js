// @ts-check
/** What is typed and not yet sent, per conversation and mode, so that nothing typed is lost. */
import { signal } from "./view.js";

/** @type {import("../shared/keep.js").Keep} */
let keep;

/** Tickets with an unsent reply, and how it begins: for the list. */
export const replyDrafts = signal(/** @type {Record<string, string>} */ ({}));

const PREFIX = "draft:";
const BEGINNING = 140;

/** @param {string} ticket @param {string} mode */
const keyOf = (ticket, mode) => `${PREFIX}${ticket}:${mode}`;

/** @param {import("../shared/keep.js").Keep} storage */
export function startDrafts(storage) {
  keep = storage;
  for (const key of keep.keys(PREFIX)) {
    const [, ticket, mode] = key.split(":");
    note(ticket, mode, keep.get(key, ""));
  }
}

/** @param {string} ticket @param {string} mode @param {string} text */
function note(ticket, mode, text) {
  if (mode !== "reply") return;
  const { [ticket]: before, ...others } = replyDrafts.value;
  const beginning = text.trim().slice(0, BEGINNING);
  if (beginning === (before ?? "")) return;
  replyDrafts.value = beginning ? { ...others, [ticket]: beginning } : others;
}

/** @param {string} ticket @param {string} mode @returns {string} */
export const draftOf = (ticket, mode) => keep.get(keyOf(ticket, mode), "");

/** @param {string} ticket @param {string} mode @param {string} text */
export function keepDraft(ticket, mode, text) {
  keep.set(keyOf(ticket, mode), text.trim() ? text : null);
  note(ticket, mode, text);
}

/** Signing out on a shared computer leaves nothing behind. */
export function forgetDrafts() {
  for (const key of keep.keys("")) keep.set(key, null);
}
