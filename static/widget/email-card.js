// @ts-check
import { html, useEffect, useRef } from "../shared/view.js";
import { useEmailForm } from "./email-form.js";
import { Field, FormError } from "./fields.js";
import { Icon, IconButton } from "./parts.js";
import { withEmail } from "./reduce.js";

/** Asks where we may answer when he has gone. */
export default function EmailCard({ app, onClose }) {
  const { t, store } = app;
  const form = useEmailForm(app, "no-reply", "", async (email) => (await store.api.post("contact/", { email })).email);
  const thanks = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => thanks.current?.focus(), [form.done]);

  function close() {
    onClose();
    if (form.done) store.state.value = withEmail(store.state.value, form.done);
    document.getElementById("message")?.focus();
  }

  if (form.done) {
    return html`<div class="card mailcard" role="group" aria-label=${t("conv.email")}>
      <p class="sm mailcard__done" tabindex="-1" ref=${thanks}><${Icon} name="check" size="sm" />${t("conv.emailKept", { email: form.done })}</p>
      <button type="button" class="btn btn--sm" onClick=${close}>${t("sv.done")}</button>
    </div>`;
  }
  return html`<form class="card mailcard" ref=${form.box} onSubmit=${form.submit} noValidate aria-label=${t("conv.email")}>
    <div class="mailcard__head">
      <p class="sm grow">${t("conv.noreply")}</p>
      <${IconButton} icon="x" label=${t("conv.noThanks")} onClick=${close} />
    </div>
    <${Field} ...${form.field} first=${false} />
    <${FormError} text=${form.error} />
    <button class="btn btn--brand" aria-busy=${form.busy}>${t("conv.emailSave")}</button>
  </form>`;
}
