// @ts-check
/** What the composer holds, apart from drawing it. */
import { signal } from "./view.js";
import { draftOf, keepDraft } from "./drafts.js";
import * as ui from "./ui.js";

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
