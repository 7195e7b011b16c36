// @ts-check
/** The one dialog: native, modal, named; Esc and the safe button leave it, focus goes back. */
import { html, useEffect, useId, useRef } from "../view.js";

/** @param {{title: string, onClose: () => void, wide?: boolean, children: any}} props */
export function Dialog({ title, onClose, wide = false, children }) {
  const ref = useRef(/** @type {HTMLDialogElement|null} */ (null));
  const id = useId();
  useEffect(() => {
    const opener = /** @type {HTMLElement|null} */ (document.activeElement);
    ref.current?.showModal();
    return () => opener?.isConnected && opener.focus();
  }, []);
  return html`<dialog
    ref=${ref}
    class="dialog ${wide ? "dialog--wide" : ""}"
    aria-labelledby=${id}
    onCancel=${onClose}
    onClose=${onClose}
  >
    <h2 id=${id}>${title}</h2>
    ${children}
  </dialog>`;
}
