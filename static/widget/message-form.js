// @ts-check
/** A message that we answer by mail; also one that a waiting visitor has written already. */
import { html, useState } from "../shared/view.js";
import { Field, FormError, PrivacyLine, useForm } from "./fields.js";
import { startOf } from "./forms.js";
import { Invitation } from "./parts.js";
import { fieldsOf, useRefusal } from "./prechat.js";

const EMAIL = /** @type {import("./forms.js").Asked} */ ({ key: "email", kind: "email", required: true });

/** @param {{app: any, view: import("./route.js").View}} props a ticket in the view is the one that waits */
export function MessageForm({ app, view }) {
  const { t, store } = app;
  const { visitor } = store.state.value;
  const fields = view.ticket ? [EMAIL] : fieldsOf(app, [EMAIL]);
  const form = useForm(app, "form", fields, { email: visitor.email });
  const refused = useRefusal(store, form, view.ref);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const stray = refused && !fields.some(({ key }) => key === refused.field) ? refused.message : "";

  async function turnInto(ticket) {
    setBusy(true);
    setProblem("");
    try {
      const { row } = await store.api.post(`tickets/${ticket}/to-message/`, { email: form.values.email.trim() });
      form.forget();
      store.knows(row);
      store.turn({ name: "thanks", ticket });
    } catch (error) {
      if (error.field === "email") form.show({ email: error.message });
      else setProblem(error.message || t("err.send"));
      setBusy(false);
    }
  }

  function submit(event) {
    event.preventDefault();
    if (busy || !form.check()) return;
    if (view.ticket) turnInto(view.ticket);
    else store.begin({ ...startOf(fields, form.values), via: "message" }, form.values.message.trim(), refused && view.ref);
  }

  return html`<form class="leave" ref=${form.box} onSubmit=${submit} noValidate aria-label=${t("alt.message")}>
    ${!view.ticket && html`<${Invitation} app=${app} />`}
    <${FormError} text=${problem || stray} />
    ${fields.map((field) => html`<${Field} ...${form.part(field)} rows=${4} key=${field.key} />`)}
    <${PrivacyLine} app=${app} />
    <button class="btn btn--brand btn--lg btn--block" aria-busy=${busy}>${t("off.send")}</button>
  </form>`;
}
