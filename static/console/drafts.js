// @ts-check
/** What is typed and not yet sent, per conversation and mode, so that nothing typed is lost. */
import * as ui from "./ui.js";
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

/**
 * At once, not with the next drawing: what is typed right after must land in the field, not in the
 * single-key shortcuts.
 */
export function focusComposer() {
  const field = document.getElementById("reply");
  field?.focus();
  return field !== null;
}

/** @param {"reply"|"note"} mode */
export function write(mode) {
  ui.mode.value = mode;
  focusComposer();
}

/** The text comes from outside (an unsent message taken back): the composer shows it. */
export const replaced = signal(/** @type {{ticket: string, mode: "reply"|"note", text: string}|null} */ (null));

/** @param {string} ticket @param {"reply"|"note"} mode @param {string} text */
export function putInComposer(ticket, mode, text) {
  const draft = draftOf(ticket, mode);
  const joined = draft ? `${text}\n${draft}` : text;
  keepDraft(ticket, mode, joined);
  replaced.value = { ticket, mode, text: joined };
  write(mode);
}
