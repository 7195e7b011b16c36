// @ts-check
import { html, useEffect, useRef, useState } from "../shared/view.js";
import { Field, FormError, useForm } from "./fields.js";
import { Icon, IconButton } from "./parts.js";
import { withEmail } from "./reduce.js";

const FIELDS = [{ key: "email", kind: /** @type {"email"} */ ("email"), required: true }];

/** Asks where we may answer when he has gone. */
export default function EmailCard({ app, onClose }) {
  const { t, store } = app;
  const form = useForm(app, "no-reply", FIELDS);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const [kept, setKept] = useState("");
  const thanks = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => thanks.current?.focus(), [kept]);

  async function submit(event) {
    event.preventDefault();
    if (busy || !form.check()) return;
    setBusy(true);
    setError("");
    try {
      const { email } = await store.api.post("contact/", { email: form.values.email });
      form.forget();
      setKept(email);
    } catch (refusal) {
      if (refusal.field === "email") form.show({ email: refusal.message });
      else setError(refusal.message || t("err.load"));
    }
    setBusy(false);
  }

  function close() {
    onClose();
    if (kept) store.state.value = withEmail(store.state.value, kept);
    document.getElementById("message")?.focus();
  }

  if (kept) {
    return html`<div class="card mailcard" role="group" aria-label=${t("conv.email")}>
      <p class="sm mailcard__done" tabindex="-1" ref=${thanks}><${Icon} name="check" size="sm" />${t("conv.emailKept", { email: kept })}</p>
      <button type="button" class="btn btn--sm" onClick=${close}>${t("sv.done")}</button>
    </div>`;
  }
  return html`<form class="card mailcard" ref=${form.box} onSubmit=${submit} noValidate aria-label=${t("conv.email")}>
    <div class="mailcard__head">
      <p class="sm grow">${t("conv.noreply")}</p>
      <${IconButton} icon="x" label=${t("conv.noThanks")} onClick=${close} />
    </div>
    <${Field} ...${form.part(FIELDS[0])} first=${false} />
    <${FormError} text=${error} />
    <button class="btn btn--brand" aria-busy=${busy}>${t("conv.emailSave")}</button>
  </form>`;
}
