// @ts-check
/** What the composer holds, apart from drawing it. */
import { signal } from "../shared/html.js";
import { draftOf, keepDraft } from "./drafts.js";
import * as ui from "./ui.js";

/** The text comes from outside (an unsent message taken back): the composer shows it. */
export const replaced = signal(/** @type {{ticket: string, mode: "reply"|"note", text: string}|null} */ (null));

/** @param {string} ticket @param {"reply"|"note"} mode @param {string} text */
export function putInComposer(ticket, mode, text) {
  const draft = draftOf(ticket, mode);
  const joined = draft ? `${text}\n${draft}` : text;
  keepDraft(ticket, mode, joined);
  ui.mode.value = mode;
  replaced.value = { ticket, mode, text: joined };
  ui.focusWish.value = "composer";
}
