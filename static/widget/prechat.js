// @ts-check
/** What is asked before a chat, the first message included: written once, sent in one. */
import { html, useEffect, useState } from "../shared/view.js";
import { Field, FormError, PrivacyLine, useForm } from "./fields.js";
import { startOf } from "./forms.js";
import { Later } from "./later.js";
import { Head, Invitation } from "./parts.js";

const SUGGEST_FROM = 8;
const PAUSE_MS = 600;

/** @param {any} app @returns {import("./forms.js").Asked[]} the questions still open, the message, and what is agreed to */
export function fieldsOf({ store }, questions) {
  const { prechat } = store.state.value;
  const consent = prechat?.consent;
  return [
    ...questions,
    { key: "message", kind: "long", required: true },
    ...(consent ? [{ key: "consent", kind: "check", label: consent.text, required: consent.required }] : []),
  ];
}

/** Answers that may save him the first message, once he pauses in it: who knows what to write loads nothing for them. */
export function Suggestions({ app, text }) {
  const [paused, setPaused] = useState(false);
  const enough = text.length >= SUGGEST_FROM;
  useEffect(() => {
    if (paused || !enough) return;
    const timer = setTimeout(() => setPaused(true), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return paused && enough && html`<${Later} quiet load=${() => import("./suggest.js")} app=${app} text=${text} />`;
}

/** Shows what the server refused of the message that is to go again; what concerns no field as one text. */
export function useRefusal(store, form, ref) {
  const error = ref ? store.pending.value.find((entry) => entry.ref === ref)?.error : undefined;
  useEffect(() => {
    if (error) form.show({ [error.field]: error.message });
  }, [error]);
  return error;
}

export function Prechat({ app, view }) {
  const { t, store } = app;
  const { prechat, visitor } = store.state.value;
  const fields = fieldsOf(app, prechat?.questions ?? []);
  const form = useForm(app, "form", fields, { name: visitor.name, email: visitor.email, phone: visitor.phone });
  const refused = useRefusal(store, form, view.ref);
  const stray = refused && !fields.some(({ key }) => key === refused.field);
  const { message = "" } = form.values;

  function submit(event) {
    event.preventDefault();
    if (form.check()) store.begin(startOf(fields, form.values), message.trim(), refused && view.ref);
  }

  return html`
    <${Head} app=${app} title=${t("pre.title")} />
    <form class="filled" ref=${form.box} onSubmit=${submit} noValidate aria-labelledby="title">
      <div class="widget__body filled__body">
        <${Invitation} app=${app} />
        ${prechat?.questions.length > 0 && html`<p class="sm muted">${t("pre.intro")}</p>`}
        <${FormError} text=${stray ? refused.message : ""} />
        ${fields.map((field) => html`<${Field} ...${form.part(field)} key=${field.key} />
          ${field.key === "message" && html`<${Suggestions} app=${app} text=${message} key="suggest" />`}`)}
        <${PrivacyLine} app=${app} />
      </div>
      <div class="widget__foot filled__foot"><button class="btn btn--brand btn--lg btn--block">${t("pre.submit")}</button></div>
    </form>
  `;
}
