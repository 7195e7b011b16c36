// @ts-check
/** "E-mail me a copy". */
import { html, useEffect, useRef } from "../shared/view.js";
import { useEmailForm } from "./email-form.js";
import { Field, FormError } from "./fields.js";

export default function CopyDialog({ app, ticket, onClose }) {
  const { t, store } = app;
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const last = useRef(/** @type {HTMLElement | null} */ (null));
  const form = useEmailForm(app, "copy", store.state.value.visitor?.email ?? "", async (email) => {
    const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
    await store.api.post(`tickets/${ticket}/transcript/`, { email, zone });
    return email.trim();
  });
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => last.current?.focus(), [form.done]);

  const close = () => dialog.current?.close();
  return html`<dialog class="dialog" ref=${dialog} aria-labelledby="copy-title" onClose=${onClose} onKeyDown=${(event) => event.stopPropagation()}>
    <h2 id="copy-title">${t("conv.copy")}</h2>
    ${form.done
      ? html`<p role="status">${t("conv.copySent", { email: form.done })}</p>
          <div class="dialog__foot"><button type="button" class="btn btn--brand btn--lg" ref=${last} onClick=${close}>${t("sv.done")}</button></div>`
      : html`<form ref=${form.box} onSubmit=${form.submit} noValidate class="stack">
          <${Field} ...${form.field} first=${false} />
          <${FormError} text=${form.error} />
          <div class="dialog__foot">
            <button type="button" class="btn btn--lg" onClick=${close}>${t("cancel")}</button>
            <button class="btn btn--brand btn--lg" aria-busy=${form.busy}>${t("conv.copySend")}</button>
          </div>
        </form>`}
  </dialog>`;
}
