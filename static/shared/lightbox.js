// @ts-check
/** One picture, large, over everything; Esc, the button or a tap beside it leads back. */
import { html, render, useEffect, useRef } from "./view.js";

/**
 * @param {any} file
 * @param {{t: any, Icon: any, within: Element}} how `within`: where the dialog hangs, for its colours
 */
export function openLightbox(file, { within, ...how }) {
  const holder = within.appendChild(document.createElement("div"));
  const opener = document.activeElement;
  function close() {
    render(null, holder);
    holder.remove();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  }
  render(html`<${Lightbox} file=${file} onClose=${close} ...${how} />`, holder);
}

function Lightbox({ file, t, Icon, onClose }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => dialog.current?.showModal(), []);
  const beside = (/** @type {MouseEvent} */ { target, currentTarget }) => target === currentTarget && onClose();
  // The page around has keys of its own: Esc closes this and nothing else.
  const held = (/** @type {KeyboardEvent} */ event) => event.stopPropagation();
  return html`<dialog class="lightbox" ref=${dialog} aria-label=${file.name} onClose=${onClose} onClick=${beside} onKeyDown=${held}>
    <div class="lightbox__bar">
      <span class="grow clip" dir="auto">${file.name}</span>
      <a class="btn btn--ghost btn--icon btn--lg" href=${file.url} download=${file.name} target="_blank" rel="noopener" aria-label=${t("file.download", { name: file.name })} title=${t("file.download", { name: file.name })}><${Icon} name="download" /></a>
      <button type="button" class="btn btn--ghost btn--icon btn--lg" aria-label=${t("file.close")} title=${t("file.close")} onClick=${onClose}><${Icon} name="x" /></button>
    </div>
    <img class="lightbox__picture" src=${file.url} width=${file.width} height=${file.height} alt=${file.name} onClick=${beside} />
  </dialog>`;
}
