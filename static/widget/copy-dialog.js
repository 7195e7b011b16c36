// @ts-check
/** "E-mail me a copy". */
import { html, useEffect, useRef, useState } from "../shared/view.js";
import { Field, FormError, useForm } from "./fields.js";

const FIELDS = [{ key: "email", kind: /** @type {"email"} */ ("email"), required: true }];

export default function CopyDialog({ app, ticket, onClose }) {
  const { t, store } = app;
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const last = useRef(/** @type {HTMLElement | null} */ (null));
  const form = useForm(app, "copy", FIELDS, { email: store.state.value.visitor?.email ?? "" });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const [sent, setSent] = useState("");
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => last.current?.focus(), [sent]);

  async function submit(event) {
    event.preventDefault();
    if (busy || !form.check()) return;
    setBusy(true);
    setError("");
    try {
      const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
      await store.api.post(`tickets/${ticket}/transcript/`, { email: form.values.email, zone });
      form.forget();
      setSent(form.values.email.trim());
    } catch (refusal) {
      if (refusal.field === "email") form.show({ email: refusal.message });
      else setError(refusal.message || t("err.load"));
    }
    setBusy(false);
  }

  const close = () => dialog.current?.close();
  return html`<dialog class="dialog" ref=${dialog} aria-labelledby="copy-title" onClose=${onClose} onKeyDown=${(event) => event.stopPropagation()}>
    <h2 id="copy-title">${t("conv.copy")}</h2>
    ${sent
      ? html`<p role="status">${t("conv.copySent", { email: sent })}</p>
          <div class="dialog__foot"><button type="button" class="btn btn--brand btn--lg" ref=${last} onClick=${close}>${t("sv.done")}</button></div>`
      : html`<form ref=${form.box} onSubmit=${submit} noValidate class="stack">
          <${Field} ...${form.part(FIELDS[0])} first=${false} />
          <${FormError} text=${error} />
          <div class="dialog__foot">
            <button type="button" class="btn btn--lg" onClick=${close}>${t("cancel")}</button>
            <button class="btn btn--brand btn--lg" aria-busy=${busy}>${t("conv.copySend")}</button>
          </div>
        </form>`}
  </dialog>`;
}
