// @ts-check
/** The details stand beside the conversation on wide screens and come over it on narrow ones. */
import * as ui from "./ui.js";

export const isNarrow = () => matchMedia("(max-width: 1120px)").matches;

export function toggleDetails() {
  if (isNarrow()) {
    ui.detailsOpen.value = !ui.detailsOpen.value;
    if (ui.detailsOpen.value) ui.focusWish.value = "details";
  } else ui.detailsHidden.value = !ui.detailsHidden.value;
}

export function closeDetails() {
  if (isNarrow()) ui.detailsOpen.value = false;
  else ui.detailsHidden.value = true;
  /** @type {HTMLElement|null} */ (document.querySelector("[data-details-toggle]"))?.focus();
}
