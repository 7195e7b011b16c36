// @ts-check
/** Attaching files in the composer: a button, and the whole page as a place to drop or paste them. */
import { Chips } from "../../shared/chips.js";
import { useDropAndPaste } from "../../shared/drop.js";
import { ACCEPT } from "../../shared/files.js";
import { html, useRef } from "../view.js";
import { changes, uploads } from "../attaching.js";
import { language, t } from "../i18n.js";
import { Icon } from "../parts/icon.js";

/** @param {{place: string}} props */
export function AttachButton({ place }) {
  const input = useRef(/** @type {HTMLInputElement|null} */ (null));
  const over = useDropAndPaste((files) => uploads.add(place, files));
  const chosen = () => {
    const { current } = input;
    if (!current) return;
    uploads.add(place, [...(current.files ?? [])]);
    current.value = ""; // the same file may be chosen again
  };
  return html`<button type="button" class="btn btn--ghost btn--icon" aria-label=${t("file.attach")} title=${t("file.attach")} onClick=${() => input.current?.click()}><${Icon} name="paperclip" /></button>
    <input type="file" ref=${input} hidden multiple accept=${ACCEPT} onChange=${chosen} />
    ${over && html`<div class="dropzone"><${Icon} name="paperclip" size="lg" /><p>${t("file.drop")}</p></div>`}`;
}

/** @param {{place: string, blocked: boolean}} props */
export function Attached({ place, blocked }) {
  changes.value; // drawn anew with each step of an upload
  return html`<${Chips} uploads=${uploads} place=${place} blocked=${blocked} lang=${language()} t=${t} Icon=${Icon} />`;
}
